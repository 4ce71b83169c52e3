import { expect, test } from 'vitest';
import { largest, middleOf, percentileOf } from './figures.ts';
import { shortened } from './live-mix.ts';
import { utteranceEnds } from './utterances.ts';
import { lateness, type Wait } from './waits.ts';

test.each([
  [[], 0, 0],
  [[3, 1, 2], 2, 3],
  [[4, 1, 3, 2], 3, 4],
])('of %o the middle is %d, the 95th percentile %d', (values, middle, p95) => {
  expect([middleOf(values), percentileOf(values, 0.95)]).toEqual([middle, p95]);
});

test.each([
  [35, 30],
  [100, 50],
  [5, null],
])('with room for %d, the largest of 10 to 50 is %o, in three tries', async (room, wanted) => {
  const tries: number[] = [];
  const found = await largest(
    [10, 20, 30, 40, 50],
    async (count) => (tries.push(count), count),
    (count) => count <= room,
  );
  expect(found?.count ?? null).toBe(wanted);
  expect(tries.length).toBeLessThanOrEqual(3);
});

test('pauses shrink until speech is the share that was asked for, and no sentence loses a sample', () => {
  const sentences = [
    { start: 1, end: 3 },
    { start: 5, end: 7 },
  ];
  const kept = shortened(sentences, 10 * 16_000, 0.6);
  const samples = kept.reduce((sum, { from, to }) => sum + to - from, 0);
  expect(4 / (samples / 16_000)).toBeCloseTo(0.6, 3);
  for (const { start, end } of sentences)
    expect(kept.some(({ from, to }) => from <= start * 16_000 && to >= end * 16_000)).toBe(true);
  for (const [index, { from }] of kept.entries()) expect(from).toBeGreaterThanOrEqual(kept[index - 1]?.to ?? 0);
});

test('an utterance is over with the last sentence of its cut; a cut inside a sentence has none', () => {
  const cuts = [
    { startMs: 0, endMs: 2500 },
    { startMs: 2500, endMs: 5000 },
    { startMs: 5000, endMs: 5900 },
  ];
  const sentences = [
    { start: 0.2, end: 1 },
    { start: 1.2, end: 2.2 },
    { start: 2.9, end: 4.6 },
    { start: 5.2, end: 6.4 },
  ];
  expect(utteranceEnds(sentences, cuts).map(({ endMs }) => endMs)).toEqual([2200, 4600]);
});

test('what is not written yet has waited up to now', () => {
  const wait = (heardAt: number, writtenAt: number | null): Wait => ({
    lane: 0,
    heardAt,
    writtenAt,
    soundMs: 1000,
    state: 'written',
  });
  const waits = [wait(0, 5), wait(10, 12), wait(20, 120), wait(30, null), wait(100, 101)];
  expect(lateness(waits, 10, 100)).toEqual({ p50: 70, p95: 100, count: 3 });
});
