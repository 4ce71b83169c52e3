import { z } from 'zod';
import { id } from '../ids.ts';
import { mostEditChars, mostNoteChars, note, segmentEdit } from '../model/note.ts';
import { segment } from '../model/segment.ts';
import { call } from './base.ts';

const read = { permission: 'read', personalData: true } as const;
const operate = { permission: 'operate', personalData: true } as const;

const text = z.string().trim().max(mostNoteChars);

/** What people add to a live: notes and bookmarks on its moments, and their reading of what was said. */
export const notes = {
  /** In the order of the timeline. */
  list: call(read)
    .input(z.object({ liveId: id }))
    .output(z.object({ items: z.array(note) })),
  /** `atMs` absent: now, at the end of what was heard. An empty text makes a bookmark. */
  add: call(operate)
    .input(
      z.object({
        liveId: id,
        atMs: z.number().int().min(0).max(1e10).optional(),
        text: text.default(''),
        commandId: id,
      }),
    )
    .output(note),
  /** Refused with `note-changed` when somebody changed it since `basedOn`. */
  change: call(operate)
    .input(z.object({ noteId: id, text, basedOn: z.number().int().positive(), commandId: id }))
    .output(note),
  remove: call(operate)
    .input(z.object({ noteId: id, commandId: id }))
    .output(z.object({})),
  /** Takes a removal back. */
  restore: call(operate)
    .input(z.object({ noteId: id, commandId: id }))
    .output(note),
  /**
   * Puts a person's reading in the place of a segment's text, or (null) takes it back. The recogniser's text, and the verdict on it, stay.
   * `basedOn`: version of the edit that was seen, 0 when there was none; refused with `text-changed` when it is another one by now, and
   * with `not-written-yet` while the segment waits for its words.
   */
  editSegment: call(operate)
    .input(
      z.object({
        segmentId: id,
        text: z.string().trim().min(1).max(mostEditChars).nullable(),
        basedOn: z.number().int().nonnegative(),
        commandId: id,
      }),
    )
    .output(segment),
  /** Every reading of a segment, the newest first. */
  edits: call(read)
    .input(z.object({ segmentId: id }))
    .output(z.object({ original: z.string(), items: z.array(segmentEdit) })),
};
