import { z } from 'zod';
import { segment } from './segment.ts';

export const mostSearchChars = 200;

/** A stretch of a text, [start, end) in UTF-16 units. */
export const textMark = z.object({ start: z.number().int(), end: z.number().int() });
export type TextMark = z.infer<typeof textMark>;

/** A segment in which everything that was looked for stands: in its text, or in a person's reading of it. */
export const searchHit = segment.extend({
  liveTitle: z.string(),
  account: z.string().nullable(),
  /** Wall time of position 0 of the live. */
  liveStartedAt: z.number().int(),
  /** What was found, in `text` and in `edited.text`. */
  marks: z.array(textMark),
  editedMarks: z.array(textMark),
});
export type SearchHit = z.infer<typeof searchHit>;
