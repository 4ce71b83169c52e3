import { z } from 'zod';
import { id } from '../ids.ts';
import { lanes } from '../policy/alerting.ts';

/** Words of a transcript that made a rule match: a verbatim piece of the segment `number` of the live, from `at` in its text (UTF-16 units). */
export const ruleQuote = z.object({ number: z.number().int(), at: z.number().int(), text: z.string() });
export type RuleQuote = z.infer<typeof ruleQuote>;

export const hitOutcomes = ['alert', 'mark', 'shadow'] as const;
export type HitOutcome = (typeof hitOutcomes)[number];

/** Why a rule is named on an alert or a segment. */
export const ruleCause = z.object({
  ruleId: id,
  name: z.string(),
  version: z.number().int(),
  hash: z.string(),
  outcome: z.enum(hitOutcomes),
  lane: z.enum(lanes),
  quotes: z.array(ruleQuote),
});
export type RuleCause = z.infer<typeof ruleCause>;
