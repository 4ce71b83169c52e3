import { z } from 'zod';
import { id } from '../ids.ts';
import { sourceKinds } from './source.ts';

/** en_cours: being heard or still being worked on; termine: ended by itself or by its file's end; interrompu: ended by us or by a failure. */
export const liveStates = ['en_cours', 'termine', 'interrompu'] as const;
export type LiveState = (typeof liveStates)[number];

/** What our capture of a live is doing. */
export const captureStates = [
  'starting',
  'capturing',
  'stalled',
  'reconnecting',
  'disk-full',
  'disk-refused',
  'ended',
] as const;
export type CaptureState = (typeof captureStates)[number];

/** Why sound is missing; `decoder`: ffmpeg stood still or died. */
export const gapCauses = ['crash', 'stall', 'network', 'source', 'disk', 'suspended', 'decoder'] as const;
export type GapCause = (typeof gapCauses)[number];

/** Declared missing time on the live's timeline. */
export const gap = z.object({
  id,
  liveId: id,
  startMs: z.number().int().nonnegative(),
  endMs: z.number().int().nonnegative(),
  cause: z.enum(gapCauses),
});
export type Gap = z.infer<typeof gap>;

/** Sound that was erased on purpose. Not missing: it was heard and written down. */
export const soundDrop = z.object({ startMs: z.number().int(), endMs: z.number().int(), at: z.number().int() });
export type SoundDrop = z.infer<typeof soundDrop>;

export const languages = ['fr', 'en', 'auto'] as const;
export type SpokenLanguage = (typeof languages)[number];

export const live = z.object({
  id,
  title: z.string(),
  account: z.string().nullable(),
  /** The source as a person recognises it; query strings, where tokens live, are left out. */
  sourceLabel: z.string(),
  sourceKind: z.enum(sourceKinds),
  state: z.enum(liveStates),
  captureState: z.enum(captureStates),
  /** Wall time of position 0 of the timeline. */
  startedAt: z.number().int(),
  endedAt: z.number().int().nullable(),
  /** `source-ended`, `source-damaged` (it ended, and parts of it could not be read), `stopped-by-us`, or the code of the failure that ended it. */
  endReason: z.string().nullable(),
  /** The failure in full, for a sentence from the catalogue (`error.<code>`). */
  endError: z.object({ code: z.string(), data: z.record(z.string(), z.unknown()) }).nullable(),
  language: z.enum(languages),
  model: z.string(),
  /** Sound on disk, and how far the words have come, in ms of the timeline. */
  capturedMs: z.number().int(),
  writtenMs: z.number().int(),
  /** Length of the source when it is known (files). */
  sourceMs: z.number().int().nullable(),
  segments: z.number().int(),
  openSegments: z.number().int(),
  gaps: z.number().int(),
  alerts: z.number().int(),
  pendingAlerts: z.number().int(),
  maxScoreBp: z.number().int().nullable(),
  caseId: id.nullable(),
  /** Off: its sound may go once all of it is written down and decided, but for what is around alerts. */
  keepAudio: z.boolean(),
  /** When parts of its sound were erased on purpose. */
  soundDroppedAt: z.number().int().nullable(),
});
export type Live = z.infer<typeof live>;
