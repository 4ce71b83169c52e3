import { z } from 'zod';
import { id } from '../ids.ts';
import { segmentEdit } from './note.ts';
import { verdict } from './verdict.ts';

/**
 * heard: its sound is durable, its words are not there yet · written · silent: nobody speaks · filtered: the recogniser
 * produced text that nobody said (kept apart, never scored) · failed: given up after repeated attempts.
 */
export const segmentStates = ['heard', 'written', 'silent', 'filtered', 'failed'] as const;
export type SegmentState = (typeof segmentStates)[number];

export const filterReasons = ['silence', 'repetition-loop', 'credits', 'blank'] as const;
export type FilterReason = (typeof filterReasons)[number];

/** Times are ms from the start of the live. */
export const word = z.object({
  text: z.string(),
  startMs: z.number().int(),
  endMs: z.number().int(),
  probabilityBp: z.number().int().min(0).max(10_000),
});
export type Word = z.infer<typeof word>;

/** How far the text may be trusted; null where the recogniser has no meaningful figure. */
export const trust = z.object({
  noSpeechBp: z.number().int().nullable(),
  /** Mean log probability of the tokens, in thousandths. */
  meanLogProbMilli: z.number().int().nullable(),
  compressionRatioMilli: z.number().int().nullable(),
  speechMs: z.number().int().nullable(),
});
export type Trust = z.infer<typeof trust>;

/** What wrote a text down: model file or a server's model, the worker, and what it computed on. */
export const writtenBy = z.object({
  model: z.string(),
  worker: z.string(),
  library: z.string(),
  /** `cpu`, `gpu` or `remote`. */
  device: z.string(),
  /** The card or the processor, as its driver calls it; the server's host; empty where it was not kept. */
  deviceName: z.string(),
});
export type WrittenBy = z.infer<typeof writtenBy>;

/** A stretch of sound of one live (at most 15 s, or what the setting says), numbered from 1, with its text and its current verdict. */
export const segment = z.object({
  id,
  liveId: id,
  number: z.number().int().positive(),
  startMs: z.number().int().nonnegative(),
  endMs: z.number().int().positive(),
  state: z.enum(segmentStates),
  text: z.string(),
  language: z.string().nullable(),
  words: z.array(word),
  trust,
  filtered: z.array(z.object({ text: z.string(), reason: z.enum(filterReasons) })),
  failure: z.string().nullable(),
  /** null until something has listened. */
  writtenBy: writtenBy.nullable(),
  /** A person's reading in place of `text`, which stays; the verdict is that of `text`. Null: nobody changed it, or it was taken back. */
  edited: segmentEdit.extend({ text: z.string() }).nullable(),
  verdict: verdict.nullable(),
  alertId: id.nullable(),
});
export type Segment = z.infer<typeof segment>;
