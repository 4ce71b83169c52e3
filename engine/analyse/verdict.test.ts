import { expect, test } from 'vitest';
import { judgement } from '#shared/model/verdict.ts';
import { fenceJudgement, verdictOf } from './verdict.ts';

const text = 'les migrants sont des voleurs, dit-il. les migrants travaillent.';
const good = {
  category: 'haineux',
  virality: 'faible',
  hate: true,
  target: 'groupe_social',
  targetText: 'les migrants',
  reasons: [{ rule: 'derogation', quote: 'migrants', at: 43 }],
  confidenceBp: 9000,
};

test('a verdict carries the addition and its band', () => {
  const judged = fenceJudgement({ ...good, virality: 'forte' }, text);
  expect(verdictOf(judged)).toEqual({
    scoreBp: 10_000,
    band: 'eleve',
    terms: [
      { term: 'base', bp: 2000 },
      { term: 'virality', bp: 5000 },
      { term: 'hate', bp: 4000 },
    ],
  });
});

test('a sound answer passes unchanged, and a quote said twice keeps its place', () => {
  expect(fenceJudgement(good, text)).toEqual(good);
});

test.each([
  ['nothing', undefined],
  ['null', null],
  ['text', 'neutre'],
  ['a list', [good]],
  ['an empty object', {}],
  ['an unknown category', { ...good, category: 'Neutral', hate: false }],
  ['a category of the prototype', { ...good, category: 'constructor' }],
  ['an unknown virality', { ...good, virality: 'extreme' }],
  ['no word on hate', { ...good, hate: 'yes' }],
  ['neutral but hateful', { ...good, category: 'neutre' }],
  ['hateful without hate', { ...good, hate: false }],
])('%s is to be verified, never neutral', (_, raw) => {
  const judged = fenceJudgement(raw, text);
  expect(judged.category).toBe('a_verifier');
  expect(judgement.safeParse(judged).success).toBe(true);
});

test('hate stated against the category is kept', () => {
  expect(fenceJudgement({ ...good, category: 'neutre' }, text).hate).toBe(true);
});

test.each([
  ['not in the text', { rule: 'x', quote: 'les migrants sont des rats', at: 0 }, null],
  ['another case', { rule: 'x', quote: 'Les migrants', at: 0 }, null],
  ['empty', { rule: 'x', quote: '', at: 0 }, null],
  ['not a string', { rule: 'x', quote: 7, at: 0 }, null],
  ['a rule with markup', { rule: '<b>', quote: 'migrants', at: 4 }, null],
  ['no place', { rule: 'x', quote: 'migrants' }, 4],
  ['a wrong place', { rule: 'x', quote: 'migrants', at: 5 }, 4],
  ['NaN as place', { rule: 'x', quote: 'migrants', at: Number.NaN }, 4],
  ['a place below zero', { rule: 'x', quote: 'les', at: -3 }, 0],
])('a quote that is %s', (_, reason, at) => {
  const { reasons } = fenceJudgement({ ...good, reasons: [reason] }, text);
  expect(reasons.map((one) => one.at)).toEqual(at === null ? [] : [at]);
});

test('sizes are capped', () => {
  const many = { ...good, reasons: Array.from({ length: 5000 }, () => good.reasons[0]), targetText: 'x'.repeat(101) };
  const judged = fenceJudgement(many, text + 'x'.repeat(1000));
  expect(judged.reasons).toHaveLength(20);
  expect(judged.targetText).toBeNull();
  const long = 'x'.repeat(501);
  expect(fenceJudgement({ ...good, reasons: [{ rule: 'x', quote: long, at: 0 }] }, long).reasons).toEqual([]);
});

test.each([[-1], [10_001], [0.5], [Number.NaN], ['9000'], [null]])('%s is no confidence', (confidenceBp) => {
  expect(fenceJudgement({ ...good, confidenceBp }, text).confidenceBp).toBeNull();
});
