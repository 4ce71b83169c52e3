import { expect, test } from 'vitest';
import { restMs, whyLocal } from './why-local.ts';

const open = {
  enabled: true,
  network: true,
  consent: true,
  spentMs: 0,
  budgetMs: 60_000,
  soundMs: 15_000,
  restUntil: 0,
  now: 1_000,
};

test.each([
  [{}, null],
  [{ enabled: false }, 'off'],
  [{ network: false }, 'network-off'],
  [{ consent: false }, 'no-consent'],
  [{ spentMs: 45_000 }, null],
  [{ spentMs: 45_001 }, 'budget'],
  [{ budgetMs: 0 }, 'budget'],
  [{ restUntil: 1_001 }, 'resting'],
  [{ restUntil: 1_000 }, null],
  [{ enabled: false, consent: false, network: false }, 'off'],
] as const)('%o stays here because: %s', (change, expected) => {
  expect(whyLocal({ ...open, ...change })).toBe(expected);
});

test.each([
  [1, null, 30_000],
  [2, null, 60_000],
  [7, null, 1_800_000],
  [40, null, 1_800_000],
  [1, 45_000, 45_000],
  [1, 5_000, 30_000],
  [1, 90 * 3_600_000, 24 * 3_600_000],
])('after %i failures and a wish of %s ms it is left in peace for %i ms', (failures, wish, expected) => {
  expect(restMs(failures, wish)).toBe(expected);
});
