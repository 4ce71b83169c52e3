/**
 * The design that Vigie replaces: fixed files of 15 s in turn, cut blindly, one inference for each over the padded window of 30 s, nothing
 * skipped. With the same native worker, threads and device, while as many ffmpeg as it can follow write such files at the speed of a live.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { realWorker } from '../../engine/transcribe/fixtures/real-worker.ts';
import { middleOf } from './figures.ts';
import { ffmpegPath } from './places.ts';

export const fileSeconds = 15;

export type Baseline = Awaited<ReturnType<typeof openBaseline>>;

export async function openBaseline(model: string, threads: number, pcm: Int16Array) {
  const worker = realWorker('native', { model, threads, window: 'full', vadModel: null, gpu: true });
  const ready = await worker.ready;
  const length = fileSeconds * 16_000;
  const files = Array.from({ length: Math.floor(pcm.length / length) }, (_, index) =>
    pcm.slice(index * length, (index + 1) * length),
  );
  let next = 0;
  const one = async () => {
    const since = performance.now();
    await worker.transcribe({ pcm: files[next % files.length]!, language: 'fr', state: 'files' });
    next += 1;
    return performance.now() - since;
  };
  await one();
  /** ms of each of the next `count` files. */
  const hear = async (count: number): Promise<number[]> => {
    const took: number[] = [];
    for (let index = 0; index < count; index += 1) took.push(await one());
    return took;
  };
  return {
    device: ready.device === 'gpu' ? `GPU ${ready.deviceName}` : 'CPU',
    hear,
    /** How many lives it follows without a second to spare: one file of each every 15 s. */
    async capacity(sources: readonly string[], folder: string): Promise<number> {
      const alone = (fileSeconds * 1000) / middleOf(await hear(5));
      const captures = Array.from({ length: Math.floor(alone) }, (_, live) =>
        capture(sources[live % sources.length]!, path.join(folder, `${live}`)),
      );
      try {
        await hear(2);
        return (fileSeconds * 1000) / middleOf(await hear(9));
      } finally {
        for (const child of captures) child.kill('SIGKILL');
      }
    },
    close: () => worker.stop(),
  };
}

function capture(source: string, folder: string): ChildProcess {
  mkdirSync(folder, { recursive: true });
  const files = ['-f', 'segment', '-segment_time', `${fileSeconds}`, path.join(folder, '%d.wav')];
  return spawn(ffmpegPath, ['-v', 'error', '-re', '-i', source, '-ac', '1', '-ar', '16000', ...files], {
    stdio: 'ignore',
  });
}
