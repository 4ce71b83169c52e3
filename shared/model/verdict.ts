import { z } from 'zod';
import { id } from '../ids.ts';
import { bands } from '../policy/risk.ts';

export const categories = ['neutre', 'polemique', 'viral', 'haineux', 'a_verifier'] as const;
export type Category = (typeof categories)[number];

export const viralities = ['faible', 'moyenne', 'forte'] as const;
export type Virality = (typeof viralities)[number];

/** Who the speech is aimed at, never who speaks. */
export const targets = ['ethnie', 'religion', 'individu', 'groupe_social', 'autre'] as const;
export type Target = (typeof targets)[number];

/**
 * One step of a justification: a catalogue key (`reason.<rule>`), and the words of the transcript that caused it.
 * Keeping the key instead of a sentence lets French and English readers see the same verdict in their own language.
 */
export const reason = z.object({
  rule: z.string().max(80),
  /** A verbatim piece of the transcript. */
  quote: z.string().max(500),
  /** Where the quote starts in the segment's text, in UTF-16 units. */
  at: z.number().int().nonnegative(),
});
export type Reason = z.infer<typeof reason>;

/** What an analyser says of one text, before any score. */
export const judgement = z.object({
  category: z.enum(categories),
  virality: z.enum(viralities),
  hate: z.boolean(),
  target: z.enum(targets).nullable(),
  /** The target in the speaker's own words, when there are any. */
  targetText: z.string().max(100).nullable(),
  reasons: z.array(reason).max(20),
  /** How sure the analyser is of the category, 0..10000; null when it does not know. */
  confidenceBp: z.number().int().min(0).max(10_000).nullable(),
});
export type Judgement = z.infer<typeof judgement>;

export const scoreTerm = z.object({ term: z.enum(['base', 'virality', 'hate']), bp: z.number().int() });

export const verdict = judgement.extend({
  id,
  scoreBp: z.number().int().min(0).max(10_000),
  band: z.enum(bands),
  terms: z.array(scoreTerm),
  engine: z.string(),
  model: z.string(),
  policyVersion: z.string(),
  policyHash: z.string(),
  at: z.number().int(),
});
export type Verdict = z.infer<typeof verdict>;
