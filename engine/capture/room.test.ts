import { expect, test } from 'vitest';
import { minutesOf, reserveBytes, roomAfter } from './room.ts';

const mb = 1024 * 1024;
/** One hour of one capture: 32 000 bytes a second. */
const hour = 3_600 * 32_000;

test.each([
  [reserveBytes + hour, 1, 60],
  [reserveBytes + hour, 4, 15],
  [reserveBytes, 1, 0],
  [0, 1, 0],
  [hour, 0, null],
])('%i bytes are room for %i captures for %s minutes', (free, captures, minutes) =>
  expect(minutesOf(free, captures)).toBe(minutes),
);

test.each([
  ['an hour is enough', 'ok', reserveBytes + hour, 1, 'ok'],
  ['less is not', 'ok', reserveBytes + hour - 2_000_000, 1, 'low'],
  ['two captures need twice as much', 'ok', reserveBytes + hour, 2, 'low'],
  ['a warning holds until there is clearly more', 'low', reserveBytes + 1.2 * hour, 1, 'low'],
  ['and then ends', 'low', reserveBytes + 1.3 * hour, 1, 'ok'],
  ['nobody listens: no warning', 'low', reserveBytes + 100 * mb, 0, 'ok'],
  ['the reserve is not for sound', 'low', reserveBytes - 1, 1, 'full'],
  ['full whoever listens', 'ok', reserveBytes - 1, 0, 'full'],
  ['a little more is not room yet', 'full', reserveBytes + 10 * mb, 1, 'full'],
  ['more is', 'full', reserveBytes + 20 * mb, 1, 'low'],
  ['a file system that says nothing is asked by writing', 'full', null, 1, 'ok'],
] as const)('%s', (_, before, free, captures, state) => expect(roomAfter(before, free, captures).state).toBe(state));
