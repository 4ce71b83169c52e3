import { expect, test } from 'vitest';
import { type Answer, scoreAnswers } from './score.ts';

const answers = (count: number, hateful: boolean, said: boolean, functionality = ''): Answer[] =>
  Array.from({ length: count }, () => ({ functionality, hateful, said }));

test('figures of a known confusion', () => {
  // 6 hits, 2 misses, 1 false alarm, 3 right silences: F1 12/15 and 6/9.
  const found = scoreAnswers([
    ...answers(6, true, true, 'threat'),
    ...answers(2, true, false, 'slur'),
    ...answers(1, false, true, 'counter'),
    ...answers(3, false, false, 'counter'),
  ]);
  expect(found).toEqual({
    accuracyBp: 7500,
    macroF1Bp: 7333,
    recallBp: 7500,
    specificityBp: 7500,
    functionalities: [
      { name: 'slur', cases: 2, right: 0 },
      { name: 'counter', cases: 4, right: 3 },
      { name: 'threat', cases: 6, right: 6 },
    ],
  });
});

test('what was not among the cases has no figure', () => {
  expect(scoreAnswers(answers(2, true, true))).toEqual({
    accuracyBp: 10_000,
    macroF1Bp: 10_000,
    recallBp: 10_000,
    specificityBp: null,
    functionalities: [],
  });
  expect(scoreAnswers([])).toMatchObject({ accuracyBp: null, macroF1Bp: null, recallBp: null, specificityBp: null });
});
