import { expect, test } from 'vitest';
import { fits, threadsPerWorker, workersPerModel } from './core-plan.ts';

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

const plan = { cores: 8, modelBytes: 75e6, wanted: 0, threads: 0, card: false };
test.each([
  ['a small model on two cores', { ...plan, cores: 2 }, 2],
  ['a small model on eight', plan, 4],
  ['no more than four', { ...plan, cores: 32 }, 4],
  ['one core', { ...plan, cores: 1 }, 1],
  ['what fits into the memory', { ...plan, modelBytes: 190e6 }, 3],
  ['a model that is large by itself', { ...plan, modelBytes: 1600e6 }, 1],
  ['threads that somebody asked for', { ...plan, threads: 2 }, 1],
  ['workers that somebody asked for', { ...plan, wanted: 3, threads: 2, modelBytes: 1600e6 }, 3],
  ['a graphics card', { ...plan, card: true }, 1],
])('%s: so many workers', (_name, wanted, answer) => {
  expect(workersPerModel(wanted)).toBe(answer);
});
