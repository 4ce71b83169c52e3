import type { CourseStep } from '#shared/model/course.ts';

export type WeighedSegment = {
  number: number;
  startMs: number;
  endMs: number;
  scoreBp: number | null;
  alerts: number;
};

/**
 * Divides a timeline of `lengthMs` into `count` steps of equal length. A segment weighs in every step that it reaches into, so that a step
 * shorter than a segment does not look unheard; an alert counts once, where its segment begins. Empty for a live without sound.
 */
export function courseOf(
  timeline: {
    lengthMs: number;
    segments: readonly WeighedSegment[];
    gaps: readonly { startMs: number; endMs: number }[];
  },
  count: number,
): CourseStep[] {
  const { lengthMs } = timeline;
  if (lengthMs <= 0) return [];
  const steps = Array.from({ length: count }, (): CourseStep => ({
    maxScoreBp: null,
    alerts: 0,
    gapMs: 0,
    number: null,
  }));
  const stepMs = lengthMs / count;
  const each = (startMs: number, endMs: number, visit: (step: CourseStep, index: number) => void) => {
    const first = Math.max(0, Math.floor(startMs / stepMs));
    for (let index = first; index < count && (index === first || index * stepMs < endMs); index += 1)
      visit(steps[index]!, index);
  };
  for (const segment of timeline.segments) {
    let alerts = segment.alerts;
    each(segment.startMs, segment.endMs, (step) => {
      step.number ??= segment.number;
      if (segment.scoreBp !== null) step.maxScoreBp = Math.max(step.maxScoreBp ?? 0, segment.scoreBp);
      step.alerts += alerts;
      alerts = 0;
    });
  }
  for (const gap of timeline.gaps) {
    each(gap.startMs, gap.endMs, (step, index) => {
      const missing = Math.min(gap.endMs, (index + 1) * stepMs) - Math.max(gap.startMs, index * stepMs);
      step.gapMs += Math.max(0, Math.round(missing));
    });
  }
  return steps;
}
