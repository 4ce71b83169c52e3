import { expect, test } from 'vitest';
import type { Judgement } from '#shared/model/verdict.ts';
import { systemClock } from '../base/clock.ts';
import { evaluateCases } from './evaluate-cases.ts';

const judgement: Omit<Judgement, 'category' | 'hate'> = {
  virality: 'faible',
  target: null,
  targetText: null,
  reasons: [],
  confidenceBp: null,
};
const cases = Array.from({ length: 100 }, (_, index) => ({
  line: index + 2,
  caseId: `${index}`,
  functionality: '',
  template: '',
  text: `cas ${index}`,
  hateful: index < 10,
}));

test('what cannot be judged counts as not hateful, and is counted', async () => {
  const found = await evaluateCases(
    cases,
    (text) =>
      text === 'cas 0'
        ? { ...judgement, category: 'a_verifier', hate: false }
        : { ...judgement, category: 'haineux', hate: true },
    { clock: systemClock, signal: undefined },
  );
  expect(found).toMatchObject({ unjudged: 1, recallBp: 9000, specificityBp: 0 });
  expect(found.misses.slice(0, 2)).toMatchObject([
    { caseId: '0', hateful: true, judged: false },
    { caseId: '10', hateful: false, judged: true },
  ]);
});

test('it can be stopped on the way', async () => {
  const stop = new AbortController();
  let judged = 0;
  const run = evaluateCases(
    cases,
    () => {
      judged += 1;
      if (judged === 30) stop.abort();
      return { ...judgement, category: 'neutre', hate: false };
    },
    { clock: systemClock, signal: stop.signal },
  );
  await expect(run).rejects.toMatchObject({ code: 'cancelled' });
  expect(judged).toBe(30);
});
