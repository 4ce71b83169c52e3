import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { wavFile } from '../engine/capture/wav.ts';
import { type DemoClip, demoClips } from '../engine/transcribe/fixtures/demo-sound.ts';
import { realWorker } from '../engine/transcribe/fixtures/real-worker.ts';
import { wordErrors } from '../headless/reference/wer.ts';
import { randomModel } from './random-model.ts';
import { middleOf, seconds, type Summary } from './support/figures.ts';
import { fixtureModel } from './support/places.ts';
import { considerate, textOf, whisperArguments, whisperProgram } from './support/whisper-program.ts';

const threads = 2;
const rounds = 5;

type Heard = { ms: number; text: string };

/** One process, which loads the model once and then hears file after file. */
function theirs(program: string, model: string, files: readonly string[]): Heard {
  const since = performance.now();
  const output = execFileSync(program, whisperArguments(model, files, threads), {
    encoding: 'utf8',
    env: considerate,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return { ms: performance.now() - since, text: textOf(output) };
}

/** Our worker likewise, from its start to the last text: whole windows, no voice detection, as whisper.cpp's program does it. */
async function ours(model: string, clips: readonly DemoClip[]): Promise<Heard> {
  const since = performance.now();
  const worker = realWorker('native', { model, threads, window: 'full', vadModel: null });
  const texts: string[] = [];
  for (const { pcm } of clips) {
    const { pieces } = await worker.transcribe({ pcm, language: 'fr', state: 'a' });
    texts.push(...pieces.map(({ text }) => text));
  }
  const ms = performance.now() - since;
  await worker.stop();
  return { ms, text: texts.join(' ') };
}

/**
 * What our worker costs over whisper.cpp's own program on the same windows, one process for all of them, model load included on both sides. In
 * turn; the ratio is the median of the ratios of each round. The worker finds out the no-speech figure and the language besides.
 */
export async function benchWindows() {
  const program = whisperProgram();
  const folder = mkdtempSync(path.join(tmpdir(), 'vigie-bench-'));
  try {
    const clips = await demoClips('live-fr');
    const files = clips.map(({ pcm }, index) => {
      const file = path.join(folder, `${index}.wav`);
      writeFileSync(file, wavFile(pcm));
      return file;
    });
    const reference = clips.map(({ text }) => text).join(' ');
    const rows: Record<'model' | 'program' | 'time' | 'ratio' | 'WER', string>[] = [];
    for (const [name, model] of [
      ['fixture', fixtureModel],
      ['random tiny', randomModel('tiny')],
    ] as const) {
      const runs: { their: Heard; our: Heard }[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const first = round % 2 === 0 ? theirs(program, model, files) : null;
        const our = await ours(model, clips);
        runs.push({ their: first ?? theirs(program, model, files), our });
      }
      const wrong = (text: string) =>
        name === 'fixture' ? `${(100 * wordErrors(reference, text).wer).toFixed(1)} %` : '(random)';
      const row = (system: string, figure: (run: (typeof runs)[number]) => Heard) => ({
        model: name,
        program: system,
        time: seconds(middleOf(runs.map((run) => figure(run).ms))),
        ratio: middleOf(runs.map((run) => figure(run).ms / run.their.ms)).toFixed(3),
        WER: wrong(figure(runs[0]!).text),
      });
      rows.push(
        row("whisper.cpp's whisper-cli", ({ their }) => their),
        row('our native worker', ({ our }) => our),
      );
    }
    const summary: Summary[] = rows
      .filter((_row, index) => index % 2 === 1)
      .map(({ model, time, ratio }, index) => ({
        measure: `overhead over whisper-cli, ${model}`,
        device: 'CPU',
        figure: time,
        baseline: rows[2 * index]!.time,
        ratio,
        goal: '<= 1.03',
      }));
    return {
      summary,
      name: `windows: ${clips.length} WAV windows of the demo live, ${threads} threads, CPU, median of ${rounds}`,
      rows,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) console.table((await benchWindows()).rows);
