import { expect, test } from 'vitest';

import { toTranscript } from './transcript.ts';
import { placeWords, tightenPiece, voiceWithin } from './word-times.ts';

const span = (startMs: number, endMs: number) => ({ startMs, endMs });

test.each([
  ['no voice detection', span(0, 1000), null, span(0, 1000)],
  ['no voice', span(0, 1000), [], span(0, 1000)],
  ['a pause before and after', span(0, 4000), [span(1500, 2000), span(2300, 3000)], span(1500, 3000)],
  ['soft edges stay', span(0, 1000), [span(200, 800)], span(0, 1000)],
  [
    'voice of other pieces does not count',
    span(2000, 3000),
    [span(0, 1900), span(2500, 2900), span(3200, 5000)],
    span(2500, 3000),
  ],
])('a piece with %s', (_name, piece, speech, expected) => {
  expect(tightenPiece(piece, speech)).toEqual(expected);
});

test('words share the voiced time by length, and no pause belongs to a word', () => {
  expect(placeWords(['abc', 'abc'], span(0, 1000), null)).toEqual([span(0, 500), span(500, 1000)]);
  expect(placeWords(['abc', 'abc'], span(0, 3000), [span(0, 500), span(2500, 3000)])).toEqual([
    span(0, 500),
    span(2500, 3000),
  ]);
  const placed = placeWords(['a', 'abcdefg', 'abc'], span(100, 2000), [
    span(0, 700),
    span(900, 1500),
    span(1900, 2600),
  ]);
  expect(placed[0]?.startMs).toBe(100);
  expect(placed.at(-1)?.endMs).toBe(2000);
  const times = placed.flatMap((word) => [word.startMs, word.endMs]);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(placeWords([], span(0, 1), null)).toEqual([]);
});

test('voice within a piece', () => {
  expect(voiceWithin(span(100, 1000), [span(0, 200), span(900, 2000)])).toBe(200);
  expect(voiceWithin(span(100, 1000), null)).toBeNull();
});

test('null stays null and never becomes a zero; a word without probability is left out', () => {
  const result = {
    type: 'result',
    id: 1,
    language: 'fr',
    languageProbability: null,
    heardLanguage: null,
    pieces: [
      {
        text: ' salut',
        startMs: 0,
        endMs: 900,
        words: [{ text: 'salut', probability: 0.98765 }],
        noSpeech: 0.00004,
        meanLogProb: -0.1,
      },
      {
        text: ' toi.',
        startMs: 900,
        endMs: 1000,
        words: [{ text: 'toi.', probability: null }],
        noSpeech: null,
        meanLogProb: null,
      },
    ],
    noSpeech: null,
    meanLogProb: null,
    speech: null,
    processingMs: 5,
    secondPass: false,
    encodedMs: 30_000,
    memoryBytes: 1,
  } as const;
  expect(
    toTranscript({ ...result, pieces: result.pieces.map((piece) => ({ ...piece, words: [...piece.words] })) }),
  ).toEqual({
    text: 'salut toi.',
    language: 'fr',
    languageProbabilityBp: null,
    pieces: [
      {
        text: 'salut',
        startMs: 0,
        endMs: 900,
        words: [{ text: 'salut', startMs: 0, endMs: 900, probabilityBp: 9877 }],
        noSpeechBp: 0,
        meanLogProb: -0.1,
        speechMs: null,
      },
      { text: 'toi.', startMs: 900, endMs: 1000, words: [], noSpeechBp: null, meanLogProb: null, speechMs: null },
    ],
    noSpeechBp: null,
    meanLogProb: null,
    compressionRatio: expect.closeTo(10 / 18, 1),
    speechMs: null,
    processingMs: 5,
  });
});
