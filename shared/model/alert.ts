import { z } from 'zod';
import { id } from '../ids.ts';
import { alertReasons, lanes } from '../policy/alerting.ts';
import { ruleCause } from './rule-cause.ts';

/** En attente, Examinée, Action effectuée, Ignorée. */
export const alertStatuses = ['pending', 'reviewed', 'action_taken', 'dismissed'] as const;
export type AlertStatus = (typeof alertStatuses)[number];

export const alert = z.object({
  id,
  liveId: id,
  liveTitle: z.string(),
  account: z.string().nullable(),
  itemId: id,
  segmentId: id,
  segmentNumber: z.number().int(),
  startMs: z.number().int(),
  endMs: z.number().int(),
  lane: z.enum(lanes),
  reasons: z.array(z.enum(alertReasons)),
  /** The rules that asked for it, with the words that made them match. */
  rules: z.array(ruleCause),
  scoreBp: z.number().int(),
  status: z.enum(alertStatuses),
  at: z.number().int(),
});
export type Alert = z.infer<typeof alert>;
