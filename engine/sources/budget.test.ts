import { expect, test } from 'vitest';
import { answered, blocked, blockedUntil, freshBudget, perMinute, spacingMs, spend, waitFor } from './budget.ts';

const minute = 60_000;

test('never more than twenty a minute, whoever asks', () => {
  let budget = freshBudget;
  let now = 1_000_000;
  const asked: number[] = [];
  while (asked.length < 200) {
    const turn = waitFor(budget, now);
    if (turn.how !== 'wait') throw new Error('not blocked');
    now += turn.ms;
    budget = spend(budget, now);
    asked.push(now);
  }
  for (const [index, at] of asked.entries()) {
    const before = asked[index - perMinute];
    if (before !== undefined) expect(at - before).toBeGreaterThanOrEqual(minute);
  }
  expect(budget.recent.length).toBeLessThanOrEqual(perMinute);
});

test('blocks are waited out longer each time, and short again after an answer', () => {
  let budget = freshBudget;
  let now = 0;
  const lengths: number[] = [];
  for (let block = 0; block < 6; block += 1) {
    budget = blocked(budget, now, 'challenge-page', null);
    const until = blockedUntil(budget, now) ?? 0;
    expect(waitFor(budget, now), 'nothing is asked meanwhile').toEqual({ how: 'blocked', until });
    expect(blocked(budget, now + 1, 'challenge-page', null), 'told twice is one block').toEqual(budget);
    lengths.push((until - now) / minute);
    now = until;
  }
  expect(lengths).toEqual([15, 30, 60, 120, 120, 120]);
  budget = blocked(answered(budget), now, 'rate-limited', null);
  expect(((budget.blockedUntil ?? 0) - now) / minute).toBe(15);
});

test.each([
  [40 * minute, 40],
  [1_000, 15],
  [365 * 24 * 60 * minute, 24 * 60],
])('a wish of %i ms for patience is a block of %i minutes', (wish, minutes) => {
  expect((blocked(freshBudget, 0, 'rate-limited', wish).blockedUntil ?? 0) / minute).toBe(minutes);
});

test('a clock that is set back costs one spacing, not an hour', () => {
  const budget = spend(freshBudget, 10 * 3_600_000);
  expect(waitFor(budget, 9 * 3_600_000)).toEqual({ how: 'wait', ms: spacingMs });
});
