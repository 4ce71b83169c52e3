import type { ToneFile } from './policy-schema.ts';
import type { Tally } from './tone.ts';

/** What the rules alone say of a text: an attack stands, one was seen and excused, or nothing was seen. */
export type RulesSay = 'attack' | 'excused' | 'nothing';
export type Weighed = {
  hate: boolean;
  /** How probable hate is, 0..1. */
  probability: number;
};

/** How probable it is that a text with this tally is hateful, 0..1: the logistic function of the sum of its features' weights. */
export function probabilityOf(tone: ToneFile, tally: Tally): number {
  let sum = tone.bias;
  for (const feature of tally) sum += tone.weights[feature] ?? 0;
  return 1 / (1 + Math.exp(-sum));
}

/**
 * Rules and tone together. The rules know turns of phrase, the tone knows words: where they agree nothing changes; where the rules saw
 * an attack, less tone is enough than where they saw none, and where they excused one, more is needed.
 */
export function weigh(tone: ToneFile, rules: RulesSay, tally: Tally): Weighed {
  const probability = probabilityOf(tone, tally);
  return { hate: probability >= tone.thresholds[rules], probability };
}
