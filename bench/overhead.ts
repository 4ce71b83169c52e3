import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openEngine } from '#engine';
import { newId } from '#shared/ids.ts';
import { wordErrors } from '../headless/reference/wer.ts';
import { demoLive, ffmpegPath, resourcesDir, testEngineOptions } from '../tests/support/engine-options.ts';
import { considerate, textOf, whisperArguments, whisperProgram } from './support/whisper-program.ts';

const threads = 2;
const rounds = 3;
const model = path.join(resourcesDir, 'models', 'ggml-vigie-micro.bin');
const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Seconds from opening the engine on an empty folder until everything is heard, cut, written, weighed and alerted. */
async function ours(): Promise<{ seconds: number; text: string }> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'vigie-bench-'));
  try {
    const since = performance.now();
    const engine = await openEngine(testEngineOptions(dataDir, { speech: { threads, worker: 'native', gpu: 'off' } }));
    const client = engine.client();
    const { liveId } = await client.lives.watch({ source: demoLive, language: 'fr', commandId: newId(Date.now()) });
    await engine.drain();
    const seconds = (performance.now() - since) / 1000;
    const { items } = await client.lives.segments({ liveId, limit: 1000 });
    await engine.close();
    return { seconds, text: items.map(({ text }) => text).join(' ') };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** The same live through whisper.cpp's program: decoded by the same ffmpeg, blind windows of 30 s, greedy, no text carried over. */
function theirs(program: string, folder: string): { seconds: number; text: string } {
  const wav = path.join(folder, 'live.wav');
  const since = performance.now();
  execFileSync(ffmpegPath, ['-v', 'error', '-y', '-i', demoLive, '-ac', '1', '-ar', '16000', wav]);
  const text = execFileSync(program, whisperArguments(model, [wav], threads), {
    encoding: 'utf8',
    env: considerate,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return {
    seconds: (performance.now() - since) / 1000,
    text: textOf(text),
  };
}

/** End-to-end cost of everything around Whisper, as a ratio over whisper.cpp's own program on the same live, model and threads, in turn. */
export async function benchOverhead() {
  const program = whisperProgram();
  const folder = mkdtempSync(path.join(tmpdir(), 'vigie-bench-'));
  try {
    const reference = (
      JSON.parse(readFileSync(path.join(resourcesDir, 'demo', 'live-fr.json'), 'utf8')) as { text: string }[]
    )
      .map(({ text }) => text)
      .join(' ');
    const a: { seconds: number; text: string }[] = [];
    const b: { seconds: number; text: string }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      b.push(theirs(program, folder));
      a.push(await ours());
    }
    const rate = (text: string) => `${(100 * wordErrors(reference, text).wer).toFixed(1)} %`;
    const oursS = median(a.map(({ seconds }) => seconds));
    const theirsS = median(b.map(({ seconds }) => seconds));
    return {
      name: `overhead: 169 s of live, fixture model, ${threads} threads, CPU, median of ${rounds}`,
      rows: [
        {
          program: "whisper.cpp's whisper-cli (decode + text)",
          seconds: theirsS.toFixed(2),
          ratio: '1.00',
          WER: rate(b[0]?.text ?? ''),
        },
        {
          program: 'Vigie (spool, cut, text, verdicts, alerts, journal)',
          seconds: oursS.toFixed(2),
          ratio: (oursS / theirsS).toFixed(2),
          WER: rate(a[0]?.text ?? ''),
        },
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) console.table((await benchOverhead()).rows);
