import { expect, test } from 'vitest';
import { capacityOf, isBeyond, type Measured } from './capacity.ts';

const segments = (count: number, soundMs: number, factor: number, windowMs = soundMs) =>
  Array.from({ length: count }, () => ({ soundMs, processingMs: soundMs * factor, windowMs }));
const measured = (over: Partial<Measured>): Measured => ({
  timed: segments(20, 10_000, 0.25),
  voiceMs: 60_000,
  heardMs: 100_000,
  sideBySide: 1,
  ...over,
});

test.each<[string, Partial<Measured>, number | null]>([
  ['a quarter of the time, 60 % voice', {}, 5],
  ['two windows side by side', { sideBySide: 2 }, 10],
  ['voice all the time', { voiceMs: 100_000 }, 3],
  ['slower than speech', { timed: segments(20, 10_000, 4) }, 0],
  ['nothing was written here', { timed: [] }, null],
  ['half a minute only', { timed: segments(3, 10_000, 0.25) }, null],
  ['hardly anything was heard', { voiceMs: 1000, heardMs: 2000 }, null],
  [
    'full windows count when there are enough',
    { timed: [...segments(20, 4000, 2), ...segments(20, 4000, 0.5, 15_000)] },
    2,
  ],
  ['short windows count when there is nothing else', { timed: segments(20, 4000, 2) }, 0],
])('%s', (_name, over, lives) => {
  expect(capacityOf(measured(over))?.lives ?? null).toBe(lives);
});

test.each([
  [null, 50, false],
  [5, 4, false],
  [5, 5, true],
  [0, 0, false],
  [0, 1, true],
])('capacity %s with %i running: beyond is %s', (lives, running, beyond) => {
  const figures = lives === null ? null : { lives, realTimeFactor: 1, voiceShare: 1 };
  expect(isBeyond(figures, running)).toBe(beyond);
});
