import { z } from 'zod';
import { id } from '../ids.ts';
import { languages } from './live.ts';

/** watching: it was read at the last look · missing: it is not there (a drive that was taken out) · unreadable: the system refuses to show it. */
export const folderStates = ['watching', 'missing', 'unreadable'] as const;
export type FolderState = (typeof folderStates)[number];

/** What becomes of files that were there when the folder was added. */
export const earlierChoices = ['ignore', 'transcribe'] as const;
export type EarlierChoice = (typeof earlierChoices)[number];

/**
 * earlier: there before, left alone · working: being heard or written down · heard: all of it is written down · same: its content was heard
 * under another name · failed: it cannot be heard; it is not tried again until it changes or a person asks.
 */
export const folderFileStates = ['earlier', 'working', 'heard', 'same', 'failed'] as const;
export type FolderFileState = (typeof folderFileStates)[number];

/** Why a file that was seen is not begun yet: it still grows, another program holds it, it has no content yet, others come first. */
export const waitReasons = ['growing', 'in-use', 'empty', 'turn'] as const;
export type WaitReason = (typeof waitReasons)[number];

const failure = z.object({ code: z.string(), data: z.record(z.string(), z.unknown()) });

/** A folder whose new recordings are transcribed. */
export const watchedFolder = z.object({
  id,
  /** Absolute, as it was given. */
  path: z.string(),
  /** Folders in it too. */
  recursive: z.boolean(),
  earlier: z.enum(earlierChoices),
  paused: z.boolean(),
  caseId: id.nullable(),
  /** null: the configured default. */
  language: z.enum(languages).nullable(),
  model: z.string().nullable(),
  /** Off: the sound may go once everything is written down; the recording itself is never touched. */
  keepAudio: z.boolean(),
  state: z.enum(folderStates),
  stateSince: z.number().int(),
  /** What keeps recordings from being begun although the folder can be read (`error.<code>`). */
  problem: failure.nullable(),
  createdAt: z.number().int(),
  /** End of the last look that could read it. */
  lookedAt: z.number().int().nullable(),
  /** Recordings by what became of them. */
  files: z.object({
    earlier: z.number().int(),
    working: z.number().int(),
    heard: z.number().int(),
    same: z.number().int(),
    failed: z.number().int(),
    /** Seen and not begun. */
    waiting: z.number().int(),
  }),
});
export type WatchedFolder = z.infer<typeof watchedFolder>;

/** A recording in a watched folder. */
export const folderFile = z.object({
  id: id.nullable(),
  /** Below the folder, with `/`. */
  path: z.string(),
  sizeBytes: z.number().int(),
  state: z.enum([...folderFileStates, 'waiting']),
  waiting: z.enum(waitReasons).nullable(),
  liveId: id.nullable(),
  problem: failure.nullable(),
  at: z.number().int(),
});
export type FolderFile = z.infer<typeof folderFile>;
