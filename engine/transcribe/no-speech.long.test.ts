/** Ten minutes of every sound in which nobody speaks, each minute another one. */
import { afterAll, expect, test } from 'vitest';

import { noSpeech, noSpeechSounds, type NoSpeech } from './fixtures/no-speech.ts';
import { nativeProgram, realWorker } from './fixtures/real-worker.ts';
import { toTranscript } from './transcript.ts';
import { writtenOf } from './written.ts';

const worker = nativeProgram ? realWorker('native') : null;
afterAll(() => worker?.stop());

test.skipIf(!worker).each(Object.keys(noSpeechSounds) as NoSpeech[])(
  '%s: not one phantom segment in ten minutes',
  async (kind) => {
    const phantoms: string[] = [];
    for (let minute = 0; minute < 10; minute++) {
      const pcm = noSpeech(kind, 60, 1000 + minute);
      for (let from = 0; from < pcm.length; from += 240_000) {
        const part = pcm.slice(from, from + 240_000);
        for (const language of ['fr', 'en', 'auto']) {
          const result = await worker!.transcribe({ pcm: part, language, state: kind });
          const { state, text } = writtenOf(toTranscript(result), { start_ms: 0, end_ms: 15_000 });
          if (state === 'written') phantoms.push(text);
        }
      }
    }
    expect(phantoms).toEqual([]);
  },
  600_000,
);
