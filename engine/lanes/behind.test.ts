import { expect, test } from 'vitest';
import { judgeLag, overflow } from './behind.ts';
import { createLagRecord, lagFigures, percentile } from './lag.ts';

const seconds = (count: number, lagMs: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ at: (from + index) * 1000, lagMs }));

test.each([
  ['too early to tell', seconds(20, 60_000), false, 0, null],
  ['late for half a minute', seconds(31, 6_000), false, 0, 'behind'],
  ['exactly as late as allowed', seconds(31, 5_000), false, 0, null],
  ['one bad second in half a minute', [...seconds(30, 500), ...seconds(1, 60_000, 30)], false, 0, null],
  ['an old lag that is over', [...seconds(30, 60_000), ...seconds(31, 100, 30)], false, 0, null],
  ['already announced', seconds(31, 60_000), true, 0, null],
  ['on time again for a minute', [...seconds(30, 60_000), ...seconds(61, 100, 30)], true, 0, 'caught-up'],
  ['on time, but not everything is written', seconds(61, 100), true, 3, null],
  ['on time for half a minute only', [...seconds(30, 60_000), ...seconds(31, 100, 30)], true, 0, null],
] as const)('%s', (_name, samples, behind, backfillOpen, verdict) => {
  expect(judgeLag(samples, { behind, backfillOpen }, samples.at(-1)?.at ?? 0)).toBe(verdict);
});

const piece = (startMs: number, ms: number, heardAt: number) => ({ startMs, endMs: startMs + ms, heardAt });

test.each([
  ['nothing waits', [], []],
  ['nothing is old', [piece(0, 9000, 90_000), piece(9000, 9000, 99_000)], []],
  ['one alone stays, however old', [piece(0, 9000, 1000)], []],
  ['old, but all of it is one window', [piece(0, 5000, 1000), piece(5000, 5000, 6000)], []],
  ['all but the newest window', [piece(0, 9000, 1), piece(9000, 9000, 2), piece(18_000, 5000, 3)], [0]],
  ['one that is longer than a window stays', [piece(0, 9000, 1), piece(9000, 20_000, 2)], [0]],
])('%s', (_name, waiting, moved) => {
  expect(overflow(waiting, 100_000, 15_000).map(({ startMs }) => startMs)).toEqual(moved);
});

test('percentiles are values that were seen', () => {
  expect([0, 0.5, 0.95, 1].map((part) => percentile([4, 1, 3, 2], part))).toEqual([1, 2, 4, 4]);
  expect(percentile([], 0.5)).toBe(0);
});

test('five minutes are remembered, one look a second', () => {
  const record = createLagRecord();
  for (let at = 0; at <= 600_000; at += 250) record.look(at, at);
  expect(record.all()).toHaveLength(301);
  expect(lagFigures(record.all())).toEqual({ p50Ms: 450_000, p95Ms: 585_000 });
});
