import { expect, test } from 'vitest';
import { createHoles } from './holes.ts';

const hour = 3_600_000;
const none = { silenceMs: 0, gapMs: 0 };

test.each([
  ['rounding', 60, none],
  ['a short hole is silence', 2_000, { silenceMs: 2_000, gapMs: 0 }],
  ['a long one is missing', 11_000, { silenceMs: 0, gapMs: 11_000 }],
  ['hours are missing, not filled', 5 * hour, { silenceMs: 0, gapMs: 5 * hour }],
  ['more than a recording lasts is a wrong clock', 26.5 * hour, none],
  ['a clock that starts anew loses nothing', -5 * hour, none],
])('a file: %s', (_, jumpMs, hole) => expect(createHoles(false).judge(jumpMs, 0)).toEqual(hole));

test('a file of nothing but holes neither fills the disk nor the journal', () => {
  const holes = createHoles(false);
  let [silence, gap, count] = [0, 0, 0];
  for (let i = 0; i < 50_000; i += 1) {
    holes.heard(23, 0);
    const hole = holes.judge(9_000, 0);
    silence += hole.silenceMs;
    gap += hole.gapMs;
    count += hole.gapMs > 0 ? 1 : 0;
  }
  expect(silence).toBeLessThan(60_000 + 2 * 50_000 * 23);
  expect(count).toBeLessThanOrEqual(500);
  expect(gap).toBeLessThanOrEqual(500 * 9_000);
});

test.each([
  ['a pause of the source that the wall clock saw', 8_000, 8_000, 8_000],
  ['a clock set forward while sound flows on', 8_000, 0, 0],
  ['hours that did not pass', 5 * hour, 300, 0],
  ['part of it passed', 8_000, 3_000, 3_000],
  ['half a second is a habit', 450, 450, 0],
  ['back', -5 * hour, 0, 0],
])('a live: %s', (_, jumpMs, passedMs, gapMs) => {
  const holes = createHoles(true);
  // The server began with three seconds of the past, and sends two seconds at a time.
  for (let second = 0; second < 20; second += 1)
    holes.heard(1_000, second < 3 ? -1_000 * second : -4_000 + 1_000 * (second % 2));
  // A few samples that the decoder held back over the hole.
  holes.heard(10, -3_000 + passedMs);
  expect(holes.judge(jumpMs, -3_000 + passedMs)).toEqual({ silenceMs: 0, gapMs });
});

test('small losses of a live add up', () => {
  const holes = createHoles(true);
  holes.heard(1_000, 0);
  expect(holes.judge(300, 300)).toEqual(none);
  expect(holes.judge(300, 600)).toEqual({ silenceMs: 0, gapMs: 600 });
});
