import type { Judgement } from '#shared/model/verdict.ts';
import { judgeWith } from './judge.ts';
import { loadPolicies } from './load-policy.ts';
import type { Policy } from './policy.ts';
import { sentencesOf } from './tokens.ts';

/** A longer text is judged by its first part: a segment is 15 s of speech, some 300 characters. */
const maxCharacters = 20_000;
/** Below this share of known words, a text that no policy is declared for is in a language we cannot judge. */
const leastKnownShare = 0.34;

export type EmbeddedAnalyser = {
  version: string;
  hash: string;
  model: 'vigie-embedded/2';
  /**
   * Judges one segment's text.
   * @param options.language what the text is said to be in (`fr`, `en`; anything else: found out from its words)
   * @param options.before texts of the segments before it, oldest first; the last two sentences decide whom "they" means
   */
  judge(text: string, options: { language: string; before?: readonly string[] }): Judgement;
};

const unjudged: Judgement = {
  category: 'a_verifier',
  virality: 'faible',
  hate: false,
  target: null,
  targetText: null,
  reasons: [],
  confidenceBp: null,
};

function knownShare(policy: Policy, words: readonly string[]): number {
  return words.filter((word) => policy.isKnown(word)).length / words.length;
}

/** Opens the analyser that is always there: offline, without a model file, both languages. See README.md beside it. */
export function openEmbeddedAnalyser(options: { resourcesDir: string }): EmbeddedAnalyser {
  const { policies, tone, version, hash } = loadPolicies(options.resourcesDir);

  function policyFor(declared: string, words: readonly string[]): Policy | null {
    const shares = { fr: knownShare(policies.fr, words), en: knownShare(policies.en, words) };
    const likelier = shares.fr >= shares.en ? 'fr' : 'en';
    const language = declared.toLowerCase().slice(0, 2);
    if (language === 'fr' || language === 'en') {
      // Speech engines mistake the language of short texts; the words themselves are the better witness.
      return shares[likelier] - shares[language] > 0.4 ? policies[likelier] : policies[language];
    }
    return shares[likelier] >= leastKnownShare ? policies[likelier] : null;
  }

  return {
    version,
    hash,
    model: 'vigie-embedded/2',
    judge(text, { language, before = [] }) {
      const judged = text.slice(0, maxCharacters);
      const words = sentencesOf(judged).flatMap(({ tokens }) => tokens.map(({ word }) => word));
      const letters = words.filter((word) => /\p{L}/u.test(word));
      if (letters.length === 0) return { ...unjudged, category: 'neutre' };
      if (letters.every((word) => !/\p{Script=Latin}/u.test(word))) return unjudged;
      const policy = policyFor(language, letters);
      return policy ? judgeWith(policy, tone, judged, before) : unjudged;
    },
  };
}
