import { z } from 'zod';
import { id } from '../ids.ts';

export const mostNoteChars = 4000;
/** As long as anybody may want to correct what was said in a segment. */
export const mostEditChars = 4000;

/** What somebody keeps of a moment; with an empty text a bookmark. */
export const note = z.object({
  id,
  liveId: id,
  /** On the live's timeline, ms. */
  atMs: z.number().int().nonnegative(),
  /** The segment at that moment; null before anything was cut. */
  number: z.number().int().positive().nullable(),
  text: z.string(),
  by: z.string(),
  createdAt: z.number().int(),
  changedAt: z.number().int(),
  /** Grows with each change; a change names the one it is based on. */
  version: z.number().int().positive(),
});
export type Note = z.infer<typeof note>;

/** A reading of a segment's text by a person; null: back to what the recogniser wrote. */
export const segmentEdit = z.object({
  version: z.number().int().positive(),
  text: z.string().nullable(),
  by: z.string(),
  at: z.number().int(),
});
export type SegmentEdit = z.infer<typeof segmentEdit>;
