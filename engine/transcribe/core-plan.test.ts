import { expect, test } from 'vitest';
import { fits, threadsPerWorker } from './core-plan.ts';

test.each([
  [{ cores: 2, workers: 1, wanted: 0 }, 2],
  [{ cores: 16, workers: 1, wanted: 0 }, 8],
  [{ cores: 16, workers: 4, wanted: 0 }, 4],
  [{ cores: 2, workers: 4, wanted: 0 }, 1],
  [{ cores: 2, workers: 1, wanted: 6 }, 6],
])('%o gives each worker %i threads', (plan, threads) => {
  expect(threadsPerWorker(plan)).toBe(threads);
});

test.each([
  ['one model at a time where one takes every core', 2, [2], 2, false],
  ['two models where there is room for both', 4, [4], 8, true],
  ['the graphics card beside the processor', 1, [7], 8, true],
  ['one alone, whatever was asked for', 6, [], 2, true],
])('%s', (_name, wanted, running, cores, answer) => {
  expect(fits(wanted, running, cores)).toBe(answer);
});
