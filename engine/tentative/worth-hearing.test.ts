import { expect, test } from 'vitest';
import { isRipe, restMs, spareShare } from './worth-hearing.ts';

const open = { startMs: 0, endMs: 2_000, voicedMs: 1_500, quietMs: 0 };
test.each([
  ['enough voice, never heard', {}, null, true],
  ['a breath of voice', { voicedMs: 400 }, null, false],
  ['a pause that is about to be a cut', { quietMs: 300 }, null, false],
  ['hardly anything new since', {}, { startMs: 0, endMs: 1_500, voicedMs: 1_200 }, false],
  ['new sound without new voice', {}, { startMs: 0, endMs: 1_000, voicedMs: 1_400 }, false],
  ['new voice', {}, { startMs: 0, endMs: 1_000, voicedMs: 900 }, true],
  ['another stretch than the one heard', {}, { startMs: -9_000, endMs: 1_999, voicedMs: 1_500 }, true],
])('%s', (_name, change, heard, ripe) => {
  expect(isRipe({ open: { ...open, ...change }, heard })).toBe(ripe);
});

const measured = (realTimeFactor: number, voiceShare = 0.5) => ({ lives: 1, realTimeFactor, voiceShare });
test.each([
  ['one live on a fast machine', measured(0.1), 1, 1, 0.75],
  ['two of them on two workers', measured(0.4), 2, 2, 0.6],
  ['a machine that only just keeps up', measured(1.5), 1, 1, 0],
  ['nothing measured, one live', null, 1, 1, 0.5],
  ['nothing measured, two lives', null, 2, 1, 0],
])('%s leaves its share', (_name, figures, running, sideBySide, share) => {
  expect(spareShare(figures, running, sideBySide)).toBeCloseTo(share, 5);
});

test('a hearing is followed by as much rest as its share demands', () => {
  expect(restMs(200, 0.5)).toBe(200);
  expect(restMs(200, 0.2)).toBeCloseTo(800);
  expect(restMs(200, 0)).toBe(Infinity);
});
