/** Pauses are taken out before the recogniser hears a sound; its times must be those of the sound all the same. */
import { afterAll, expect, test } from 'vitest';

import { demoSentences } from './fixtures/demo-sound.ts';
import { noSpeech } from './fixtures/no-speech.ts';
import { nativeProgram, realWorker } from './fixtures/real-worker.ts';
import { toTranscript } from './transcript.ts';
import type { WorkerProcess } from './worker-process.ts';

const opened: WorkerProcess[] = [];
afterAll(() => Promise.all(opened.map((worker) => worker.stop())));

const startsMs = [4000, 11_000, 20_000];

/** Three sentences in 27 s of faint noise, at known places. */
async function scene() {
  const sentences = (await demoSentences('live-fr')).slice(0, 3);
  const pcm = noSpeech('pink', 27).map((sample) => Math.round(sample / 200));
  sentences.forEach((sentence, index) => pcm.set(sentence.pcm, startsMs[index]! * 16));
  return { pcm, sentences };
}

test.each([
  ['native', 'fit'],
  ['native', 'full'],
  ['prebuilt', 'full'],
] as const)('%s worker, %s window: every sentence is where it was said', async (name, window) => {
  if (name === 'native' && !nativeProgram) return;
  const worker = realWorker(name, { window });
  opened.push(worker);
  const { pcm, sentences } = await scene();
  const result = await worker.transcribe({ pcm, language: 'fr', state: 'scene' });
  const { pieces } = toTranscript(result);
  expect(pieces.map(({ text }) => text)).toEqual(sentences.map(({ text }) => text));
  pieces.forEach((piece, index) => {
    const startMs = startsMs[index]!;
    const endMs = startMs + sentences[index]!.pcm.length / 16;
    expect(Math.abs(piece.startMs - startMs)).toBeLessThan(350);
    expect(Math.abs(piece.endMs - endMs)).toBeLessThan(350);
    for (const word of piece.words) {
      expect(word.startMs).toBeGreaterThanOrEqual(piece.startMs);
      expect(word.endMs).toBeLessThanOrEqual(piece.endMs);
    }
  });
  // 27 s of sound, of which some 10 s are heard.
  if (window === 'fit') expect(result.encodedMs).toBeLessThan(16_000);
});
