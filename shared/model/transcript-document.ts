import { z } from 'zod';
import { alert } from './alert.ts';
import { decision } from './review.ts';
import { gap, live } from './live.ts';
import { note } from './note.ts';
import { segment } from './segment.ts';

/** Everything an export of one live says, in one value: exporters read this and nothing else. */
export const transcriptDocument = z.object({
  format: z.literal('vigie.transcript/1'),
  generatedAt: z.number().int(),
  generator: z.string(),
  locale: z.enum(['fr', 'en']),
  /** IANA name, e.g. Europe/Paris: every printed time says which zone it is in. */
  timeZone: z.string(),
  by: z.string(),
  live,
  /** Wall length, captured and transcribed length, declared missing length, in ms. */
  durations: z.object({
    wallMs: z.number().int(),
    capturedMs: z.number().int(),
    writtenMs: z.number().int(),
    gapMs: z.number().int(),
  }),
  models: z.array(
    z.object({
      role: z.enum(['speech', 'voice-activity', 'analysis']),
      name: z.string(),
      digest: z.string(),
      detail: z.string(),
    }),
  ),
  policies: z.array(z.object({ name: z.string(), version: z.string(), hash: z.string() })),
  thresholdBp: z.number().int(),
  segments: z.array(segment),
  gaps: z.array(gap),
  /** What people noted, in the order of the timeline. */
  notes: z.array(note),
  alerts: z.array(alert.extend({ decisions: z.array(decision) })),
  /** Head of the journal when the document was made: ties it to the chain. */
  journal: z.object({ seq: z.number().int(), hash: z.string() }),
});
export type TranscriptDocument = z.infer<typeof transcriptDocument>;
