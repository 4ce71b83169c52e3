import { expect, test } from 'vitest';
import { createPatience } from './patience.ts';

test.each<[string, number[], number]>([
  ['nothing is known', [], 130_000],
  ['two sounds say little', [100, 100], 130_000],
  ['a fast worker', [100, 200, 300], 20_000],
  ['one that takes seconds', [3000, 4000, 5000], 30_000],
  ['one that takes long is wedged after a minute all the same', [11_000, 12_000, 15_000], 60_000],
  ['unless it is known to need more', [40_000, 45_000, 50_000], 100_000],
  ['the slow start is forgotten', [50_000, ...Array<number>(16).fill(100)], 20_000],
])('%s', (_name, times, limitMs) => {
  const patience = createPatience();
  for (const ms of times) patience.took(ms);
  expect(patience.limitMs(5000)).toBe(limitMs);
});

test('after the limit struck, the next one gets the time of a stranger', () => {
  const patience = createPatience();
  for (const ms of [100, 100, 100]) patience.took(ms);
  patience.forget();
  expect(patience.limitMs(1000)).toBe(50_000);
});
