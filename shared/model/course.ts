import { z } from 'zod';
import { id } from '../ids.ts';

/** One stretch of a live's timeline in figures: steps of equal length, in order. */
export const courseStep = z.object({
  /** Highest current score of what was said in it; null: nothing was weighed. */
  maxScoreBp: z.number().int().nullable(),
  /** Alerts on segments that begin in it. */
  alerts: z.number().int(),
  /** Declared missing time in it. */
  gapMs: z.number().int(),
  /** The first segment that reaches into it, to go there; null: none. */
  number: z.number().int().positive().nullable(),
});
export type CourseStep = z.infer<typeof courseStep>;

/** How risk, alerts and gaps are spread over a live. */
export const course = z.object({
  liveId: id,
  /** Length of the timeline that the steps divide, ms. */
  lengthMs: z.number().int(),
  steps: z.array(courseStep),
});
export type Course = z.infer<typeof course>;

/** What a platform told of a live's audience and title, whenever one of them changed. */
export const audienceFigure = z.object({
  at: z.number().int(),
  viewers: z.number().int().nullable(),
  title: z.string().nullable(),
});
export type AudienceFigure = z.infer<typeof audienceFigure>;
