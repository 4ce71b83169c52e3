import { expect, test } from 'vitest';

import { joinHearings, missedVoice } from './second-hearing.ts';

const span = (startMs: number, endMs: number) => ({ startMs, endMs });
const piece = (startMs: number, endMs: number, text = ' x') => ({
  text,
  startMs,
  endMs,
  words: [],
  noSpeech: null,
  meanLogProb: -0.1,
});

test.each([
  ['no voice detection', null, [piece(0, 1000)], []],
  ['all voice covered', [span(1500, 3600)], [piece(0, 3600)], []],
  ['edges of a piece', [span(0, 4000)], [piece(300, 3600)], []],
  [
    'a sentence between two pieces',
    [span(0, 3000), span(7000, 9000), span(10_500, 12_000)],
    [piece(0, 3000), piece(10_400, 12_000)],
    [span(6750, 9250)],
  ],
  ['a sentence at the end', [span(0, 3000), span(13_000, 15_000)], [piece(0, 3000)], [span(12_750, 15_000)]],
  [
    'a sentence with a breath',
    [span(0, 3000), span(7000, 7500), span(8000, 8400)],
    [piece(0, 3000)],
    [span(6750, 8650)],
  ],
  [
    'two sentences around a heard one',
    [span(1000, 2000), span(4000, 6000)],
    [piece(2000, 4000)],
    [span(3750, 6250), span(750, 2250)],
  ],
  ['a piece without text covers nothing', [span(5000, 7000)], [piece(0, 15_000, ' ')], [span(4750, 7250)]],
  ['nearly the whole sound: hearing it again says the same', [span(0, 14_000)], [], []],
])('missed voice: %s', (_name, speech, pieces, expected) => {
  expect(missedVoice({ speech, pieces }, 15_000)).toEqual(expected);
});

test('what the second hearing found takes its place in time, and nothing is lost', () => {
  const result = {
    type: 'result' as const,
    id: 1,
    language: 'fr',
    languageProbability: null,
    heardLanguage: null,
    noSpeech: 0.1,
    meanLogProb: -0.2,
    speech: [span(0, 9000)],
    processingMs: 100,
    secondPass: false,
    encodedMs: 30_000,
    memoryBytes: 1,
  };
  const first = { ...result, pieces: [piece(0, 3000, ' a'), piece(9000, 10_000, ' c')] };
  const second = { ...result, id: 2, pieces: [piece(250, 2250, ' b'), piece(2250, 9000, ' b2')], memoryBytes: 2 };
  expect(joinHearings(first, second, span(6000, 8500))).toMatchObject({
    id: 1,
    pieces: [
      { text: ' a' },
      { text: ' b', startMs: 6250, endMs: 8250 },
      { text: ' b2', startMs: 8250, endMs: 8500 },
      { text: ' c' },
    ],
    processingMs: 200,
    secondPass: true,
    memoryBytes: 2,
  });
});
