import type { Verdict } from '#shared/model/verdict.ts';
import type { Say } from '../i18n/index.ts';

/** Why a verdict is what it is: one sentence per rule that spoke, in the reader's language, with the quoted words. */
export function justificationOf(verdict: Pick<Verdict, 'reasons' | 'target'>, say: Say): string {
  const target = say(`target.${verdict.target ?? 'autre'}`);
  const sentences = verdict.reasons.map(({ rule, quote }) => {
    const key = `reason.${rule}`;
    // A rule of a newer policy, or of a model, may have no sentence here: its words still are the reason.
    return say.has(key) ? say(key, { quote, target }) : say('line.quote', { text: quote });
  });
  return [...new Set(sentences)].join(' ');
}

/** The words of the transcript that caused the verdict, each once. */
export function quotesOf(verdict: Pick<Verdict, 'reasons'>): string[] {
  return [...new Set(verdict.reasons.map(({ quote }) => quote).filter((quote) => quote !== ''))];
}
