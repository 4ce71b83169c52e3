/** Sounds in which nobody speaks: the real workers must write nothing, and pay nothing where no voice is. */
import { afterAll, describe, expect, test } from 'vitest';

import { readDemo } from './fixtures/demo-sound.ts';
import { noSpeech, noSpeechSounds, type NoSpeech } from './fixtures/no-speech.ts';
import { nativeProgram, realWorker } from './fixtures/real-worker.ts';
import { toTranscript } from './transcript.ts';
import type { WorkerProcess } from './worker-process.ts';
import { writtenOf } from './written.ts';

const kinds = Object.keys(noSpeechSounds) as NoSpeech[];
const windowSamples = 15 * 16_000;
const opened: WorkerProcess[] = [];
afterAll(() => Promise.all(opened.map((worker) => worker.stop())));

async function heardIn(worker: WorkerProcess, pcm: Int16Array, language: string) {
  const states = new Set<string>();
  let encodedMs = 0;
  for (let from = 0; from < pcm.length; from += windowSamples) {
    const part = pcm.slice(from, from + windowSamples);
    const result = await worker.transcribe({ pcm: part, language, state: 'nobody' });
    states.add(writtenOf(toTranscript(result), { start_ms: 0, end_ms: part.length / 16 }).state);
    encodedMs += result.encodedMs;
  }
  return { states: [...states], encodedMs };
}

describe.skipIf(!nativeProgram)('native worker, a minute of each', () => {
  const worker = nativeProgram ? realWorker('native') : null;
  if (worker) opened.push(worker);

  test.each(kinds)('%s: no segment has text, in French, English or unknown', async (kind) => {
    const pcm = noSpeech(kind, 60);
    for (const language of ['fr', 'en', 'auto']) {
      const { states, encodedMs } = await heardIn(worker!, pcm, language);
      expect(states).toEqual(['silent']);
      // Drums have moments that a generous reading takes for a shout; the others never reach the encoder.
      if (kind !== 'drums') expect(encodedMs).toBe(0);
    }
  });

  test('the bundled noise, music and silence', async () => {
    const pcm = await readDemo('silence-noise');
    for (const language of ['fr', 'en', 'auto']) {
      expect(await heardIn(worker!, pcm, language)).toMatchObject({ states: ['silent'] });
    }
  });
});

test('prebuilt worker, five seconds of each', async () => {
  const worker = realWorker('prebuilt');
  opened.push(worker);
  for (const kind of kinds) {
    const { states, encodedMs } = await heardIn(worker, noSpeech(kind, 5), 'fr');
    expect([kind, states]).toEqual([kind, ['silent']]);
    if (kind !== 'drums') expect([kind, encodedMs]).toEqual([kind, 0]);
  }
});
