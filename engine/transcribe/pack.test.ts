import { expect, test } from 'vitest';
import { VigieError } from '#shared/errors.ts';
import { joinSound, nextPack, splitTranscript } from './pack.ts';
import { packSpeech, type PackedRequest } from './packed-speech.ts';
import type { SpeechEngine } from './speech-engine.ts';
import type { SpokenPiece, Transcript } from './transcript.ts';

const sound = (ms: number, value = 1) => new Int16Array(ms * 16).fill(value);
const request = (liveId: string, startMs: number, ms: number, language = 'fr') => ({
  liveId,
  language,
  startMs,
  pcm: sound(ms),
});

test.each([
  ['nothing waits', [], []],
  ['one alone', [request('a', 0, 3000)], [0]],
  [
    'what fits, in the order it was said',
    [request('a', 5000, 4000), request('a', 0, 5000), request('a', 9000, 4000)],
    [1, 0],
  ],
  [
    'other lives and languages wait',
    [request('a', 0, 3000), request('b', 0, 3000), request('a', 3000, 3000, 'en'), request('a', 6000, 3000)],
    [0, 3],
  ],
  ['one longer than a pack still goes', [request('a', 0, 14_000), request('a', 14_000, 1000)], [0]],
])('%s', (_name, waiting, pack) => {
  expect(nextPack(waiting, 10_000)).toEqual(pack);
});

test('joined sound holds every sample in order', () => {
  const joined = joinSound([
    { ...request('a', 0, 2), pcm: sound(2, 1) },
    { ...request('a', 2, 3), pcm: sound(3, 2) },
  ]);
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
const ask = (startMs: number, ms: number): PackedRequest => ({ liveId: 'a', language: 'fr', startMs, pcm: sound(ms) });

test('the first goes alone and at once, those that come meanwhile go together', async () => {
  const gate = Promise.withResolvers<void>();
  const { engine, heard } = engineDouble(async () => {
    await gate.promise;
    return transcriptOf([]);
  });
  const speech = packSpeech(engine, 10_000);
  const answers = [ask(0, 3000), ask(3000, 4000), ask(7000, 4000), ask(11_000, 4000)].map((one) =>
    speech.transcribe(one),
  );
  expect(heard).toEqual([3000]);
  gate.resolve();
  await Promise.all(answers);
  expect(heard).toEqual([3000, 8000, 4000]);
});

test('when the worker dies over a pack, each is tried alone, and only the poison fails', async () => {
  const poison = 666;
  const { engine } = engineDouble((pcm) =>
    pcm.includes(poison)
      ? Promise.reject(new VigieError('speech-failed', { reason: 'crashed', detail: '' }))
      : Promise.resolve(transcriptOf([])),
  );
  const speech = packSpeech(engine, 30_000);
  const requests = [ask(0, 1000), ask(1000, 1000), { ...ask(2000, 1000), pcm: sound(1000, poison) }, ask(3000, 1000)];
  const outcomes = await Promise.allSettled(requests.map((one) => speech.transcribe(one)));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
});
