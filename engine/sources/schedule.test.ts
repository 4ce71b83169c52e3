import { expect, test } from 'vitest';
import { isUsualHour, nextLookMs, type Situation } from './schedule.ts';

const s = 1_000;
const minute = 60 * s;
const evening = Date.UTC(2026, 10, 20, 20);
const calm: Situation = {
  accounts: 1,
  state: 'hors_ligne',
  reason: 'not-live',
  failures: 0,
  priority: 1,
  heard: false,
  starts: [],
  now: evening,
};

test.each([
  [{}, 45 * s],
  [{ accounts: 20 }, 72 * s],
  [{ accounts: 300 }, 18 * minute],
  [{ accounts: 300, priority: 0 }, 9 * minute],
  [{ accounts: 300, priority: 2 }, 36 * minute],
  [{ heard: true }, 5 * minute],
  [{ state: 'prive', reason: 'private-account' }, 15 * minute],
  [{ state: 'restreint', reason: 'age-or-login' }, 15 * minute],
  [{ state: 'inconnu', reason: 'no-such-account' }, 60 * minute],
  [{ failures: 1 }, 90 * s],
  [{ failures: 3 }, 6 * minute],
  [{ failures: 50 }, 30 * minute],
  [{ accounts: 40, starts: [evening - 86_400_000, evening - 2 * 86_400_000] }, 72 * s],
  [{ accounts: 5_000, priority: 2 }, 120 * minute],
] as const)('%o is looked at again after %i ms', (change, expected) => {
  expect(nextLookMs({ ...calm, ...change }, 0.5)).toBe(expected);
});

test('accounts do not march in step, and none is asked sooner than the shortest', () => {
  expect(nextLookMs({ ...calm, accounts: 100 }, 0)).toBeLessThan(nextLookMs({ ...calm, accounts: 100 }, 0.99));
});

const day = 86_400_000;
test.each([
  [[], false],
  [[evening - day], false],
  [[evening - day, evening - 3 * day + 30 * minute], true],
  [[evening - day, evening - 3 * day + 2 * 3_600_000], false],
  [[evening - 12 * 3_600_000, evening - 36 * 3_600_000], false],
  // The clock may have been set back since.
  [[evening + day, evening + 2 * day], true],
])('lives that began at %o make this a usual hour: %s', (starts, expected) => {
  expect(isUsualHour({ starts, now: evening })).toBe(expected);
});

test('just after midnight is near just before it', () => {
  const midnight = Date.UTC(2026, 10, 21, 0, 10);
  expect(isUsualHour({ starts: [midnight - day - 20 * minute, midnight - 2 * day - 25 * minute], now: midnight })).toBe(
    true,
  );
});
