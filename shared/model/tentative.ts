import { z } from 'zod';
import { id } from '../ids.ts';

/**
 * What is being said now, as far as it can be heard before its segment is cut. Shown, replaced by the segment, and never kept, scored or
 * exported. Times are ms of the live's timeline.
 */
export const tentative = z.object({
  liveId: id,
  startMs: z.number().int().nonnegative(),
  endMs: z.number().int().positive(),
  /** Words that were heard twice in a row; what follows them may still change. */
  stable: z.string(),
  unstable: z.string(),
});
export type Tentative = z.infer<typeof tentative>;

/** Null: nothing is shown any more; its segment is there, or its words are no longer wanted (paused, switched off) or late. */
export const tentativeNews = z.object({ tentative: tentative.nullable() });
export type TentativeNews = z.infer<typeof tentativeNews>;
