import { z } from 'zod';
import { id } from '../ids.ts';
import { alert, alertStatuses } from './alert.ts';
import { segment } from './segment.ts';

export const decisionVerdicts = ['dismiss', 'review', 'action'] as const;
export type DecisionVerdict = (typeof decisionVerdicts)[number];

/** Why a person decided so; the catalogue holds the wording. */
export const decisionReasons = [
  'not-hateful',
  'counter-speech',
  'misheard',
  'hateful',
  'threat',
  'misinformation',
  'other',
] as const;
export type DecisionReason = (typeof decisionReasons)[number];

/**
 * What "action" does: `stop-capture` ends our own capture; the statement is what the moderator says was done elsewhere.
 * No API stops somebody else's live, so nothing here claims to.
 */
export const decision = z.object({
  id,
  itemId: id,
  verdict: z.enum(decisionVerdicts),
  reason: z.enum(decisionReasons).nullable(),
  note: z.string().nullable(),
  statement: z.string().nullable(),
  stopCapture: z.boolean(),
  by: z.string(),
  at: z.number().int(),
  undoneAt: z.number().int().nullable(),
  undoneBy: z.string().nullable(),
});
export type Decision = z.infer<typeof decision>;

/** One row of the queue. `version` is what a decision names as `basedOn`. */
export const reviewItem = z.object({
  id,
  kind: z.literal('alert'),
  version: z.number().int(),
  status: z.enum(alertStatuses),
  alert,
  text: z.string(),
  decision: decision.nullable(),
});
export type ReviewItem = z.infer<typeof reviewItem>;

export const reviewItemDetail = reviewItem.extend({
  segment,
  /** Segments heard within a minute before and after. */
  before: z.array(segment),
  after: z.array(segment),
  history: z.array(decision),
});
export type ReviewItemDetail = z.infer<typeof reviewItemDetail>;
