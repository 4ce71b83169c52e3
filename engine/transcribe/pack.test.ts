import { expect, test } from 'vitest';
import { VigieError } from '#shared/errors.ts';
import { joinSound, packSize, splitTranscript } from './pack.ts';
import { hearTogether } from './packed-speech.ts';
import type { SpeechEngine } from './speech-engine.ts';
import type { SpokenPiece, Transcript } from './transcript.ts';

const sound = (ms: number, value = 1) => new Int16Array(ms * 16).fill(value);

test.each([
  ['nothing waits', [], 0],
  ['one alone', [3000], 1],
  ['what fits', [5000, 4000, 4000], 2],
  ['to the brim', [5000, 5000, 1], 2],
  ['one longer than a pack still goes', [14_000, 1000], 1],
])('%s', (_name, lengths, size) => {
  const pieces = lengths.map((ms, index) => ({ startMs: index * 20_000, endMs: index * 20_000 + ms }));
  expect(packSize(pieces, 10_000)).toBe(size);
});

test('joined sound holds every sample in order', () => {
  const joined = joinSound([sound(2, 1), sound(3, 2)]);
  expect([...joined]).toEqual([...Array<number>(32).fill(1), ...Array<number>(48).fill(2)]);
});

const piece = (text: string, startMs: number, endMs: number): SpokenPiece => {
  const words = text.split(' ');
  const step = (endMs - startMs) / words.length;
  return {
    text,
    startMs,
    endMs,
    words: words.map((word, n) => ({
      text: word,
      startMs: startMs + n * step,
      endMs: startMs + (n + 1) * step,
      probabilityBp: 9000,
    })),
    noSpeechBp: 100,
    meanLogProb: -0.2,
    speechMs: endMs - startMs,
  };
};
const transcriptOf = (pieces: SpokenPiece[]): Transcript => ({
  text: pieces.map(({ text }) => text).join(' '),
  language: 'fr',
  languageProbabilityBp: null,
  pieces,
  noSpeechBp: 100,
  meanLogProb: -0.2,
  compressionRatio: 1,
  speechMs: 5000,
  processingMs: 1000,
});

test('each part gets its pieces, with its own times', () => {
  const parts = splitTranscript(
    transcriptOf([piece('bonjour à tous.', 500, 2000), piece('merci léa.', 3500, 5000)]),
    [3000, 3000],
  );
  expect(parts.map(({ text }) => text)).toEqual(['bonjour à tous.', 'merci léa.']);
  expect(parts[1]?.pieces[0]).toMatchObject({ startMs: 500, endMs: 2000 });
  expect(parts[1]?.pieces[0]?.words[0]?.startMs).toBe(500);
  expect(parts.map(({ processingMs }) => processingMs)).toEqual([500, 500]);
});

test('a piece that the recogniser ran over a cut is shared word by word, and nothing is lost or doubled', () => {
  const parts = splitTranscript(transcriptOf([piece('un deux trois quatre', 2000, 4000)]), [3000, 3000, 2000]);
  expect(parts.map(({ text }) => text)).toEqual(['un deux', 'trois quatre', '']);
  expect(parts[2]).toMatchObject({ pieces: [], speechMs: 0, compressionRatio: 0 });
});

/** An engine that notes what it was given, and answers when told. */
function engineDouble(answer: (pcm: Int16Array) => Promise<Transcript>) {
  const heard: number[] = [];
  const engine: SpeechEngine = {
    info: () => Promise.reject(new Error('not asked')),
    close: () => Promise.resolve(),
    forget: () => undefined,
    transcribe: ({ pcm }) => {
      heard.push(pcm.length / 16);
      return answer(pcm);
    },
  };
  return { heard, engine };
}
const of = { liveId: 'a', language: 'fr' } as const;

test('several sounds are heard as one, one alone as it is', async () => {
  const { engine, heard } = engineDouble(() => Promise.resolve(transcriptOf([])));
  await hearTogether(engine, [sound(3000)], of);
  const answers = await hearTogether(engine, [sound(3000), sound(4000)], of);
  expect(heard).toEqual([3000, 7000]);
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
});

test('when the worker dies over a pack, each is tried alone, and only the poison fails', async () => {
  const poison = 666;
  const { engine } = engineDouble((pcm) =>
    pcm.includes(poison)
      ? Promise.reject(new VigieError('speech-failed', { reason: 'crashed', detail: '' }))
      : Promise.resolve(transcriptOf([])),
  );
  const answers = await hearTogether(engine, [sound(1000), sound(1000), sound(1000, poison), sound(1000)], of);
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
});

test('what no other worker would cure is not tried again', async () => {
  const { engine, heard } = engineDouble(() => Promise.reject(new VigieError('speech-unavailable', { detail: '' })));
  const answers = await hearTogether(engine, [sound(1000), sound(1000)], of);
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(heard).toHaveLength(1);
});
