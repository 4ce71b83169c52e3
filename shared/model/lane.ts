import { z } from 'zod';

/** How late the words of a live are, over the last five minutes. */
export const lagFigures = z.object({ p50Ms: z.number().int(), p95Ms: z.number().int() });

/** What this machine can follow, as measured on it with one model. */
export const capacityFigures = z.object({
  lives: z.number().int(),
  /** Work over sound: 0.25 is four times faster than speech. */
  realTimeFactor: z.number(),
  /** Part of what is heard that goes to the recogniser, 0 to 1. */
  voiceShare: z.number(),
});

export type CapacityFigures = z.infer<typeof capacityFigures>;

/** How the words of one live come: on time, late, paused, and what waits in its backfill lane. */
export const laneState = z.object({
  paused: z.boolean(),
  /** Transcription of every live is paused. */
  pausedAll: z.boolean(),
  /** Nobody waits for its words: all of it is backfill (a file, not played at the speed of a live). */
  onDemand: z.boolean(),
  /** When it was announced as late; null: it keeps up. */
  behindSince: z.number().int().nullable(),
  lag: lagFigures,
  /** Sound that is written down after what is being said now. */
  backfill: z.object({ segments: z.number().int(), soundMs: z.number().int() }),
  /** File name of the model that stands in for its own; null: its own. */
  lighterModel: z.string().nullable(),
});
export type LaneState = z.infer<typeof laneState>;
