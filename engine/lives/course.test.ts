import { expect, test } from 'vitest';
import { courseOf } from './course.ts';

const said = (number: number, startMs: number, endMs: number, scoreBp: number | null = null, alerts = 0) => ({
  number,
  startMs,
  endMs,
  scoreBp,
  alerts,
});

test('a segment weighs in each step that it reaches into, its alert counts where it begins', () => {
  const steps = courseOf(
    { lengthMs: 40_000, segments: [said(1, 0, 9_000, 2_000), said(2, 9_000, 21_000, 9_000, 1)], gaps: [] },
    4,
  );
  expect(steps.map(({ maxScoreBp, alerts, number }) => [maxScoreBp, alerts, number])).toEqual([
    [9_000, 1, 1],
    [9_000, 0, 2],
    [9_000, 0, 2],
    [null, 0, null],
  ]);
});

test('missing time is shared out exactly over the steps it covers', () => {
  const gaps = [
    { startMs: 5_000, endMs: 25_000 },
    { startMs: 39_500, endMs: 40_000 },
  ];
  const steps = courseOf({ lengthMs: 40_000, segments: [], gaps }, 4);
  expect(steps.map(({ gapMs }) => gapMs)).toEqual([5_000, 10_000, 5_000, 500]);
});

test('what is not weighed yet is there, without a score; a live without sound has no steps', () => {
  expect(courseOf({ lengthMs: 1_000, segments: [said(7, 0, 1_000)], gaps: [] }, 1)).toEqual([
    { maxScoreBp: null, alerts: 0, gapMs: 0, number: 7 },
  ]);
  expect(courseOf({ lengthMs: 0, segments: [], gaps: [] }, 60)).toEqual([]);
});

test('a segment past the known length stays in the last step', () => {
  const steps = courseOf({ lengthMs: 10_000, segments: [said(1, 0, 12_000, 5_000, 1)], gaps: [] }, 2);
  expect(steps.map(({ alerts }) => alerts)).toEqual([1, 0]);
  expect(steps).toHaveLength(2);
});
