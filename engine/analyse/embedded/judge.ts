import type { Judgement } from '#shared/model/verdict.ts';
import { combine, type Seen } from './combine.ts';
import type { Policy } from './policy.ts';
import type { ToneFile } from './policy-schema.ts';
import { settle } from './settle.ts';
import { look, mentionsOf, type Mention } from './signals.ts';
import { sentencesOf, type Sentence, type Token } from './tokens.ts';

/** How many sentences a "they" may look back over. */
const memory = 2;

/** The tail of what was said before, where its last sentence did not end: hate may be split over a cut. */
function unfinished(policy: Policy, before: readonly string[]): Token[] {
  const last = sentencesOf(before.at(-1) ?? '').at(-1);
  if (!last || last.ended) return [];
  // Negative places mark words that are not part of the text being judged.
  return policy
    .respell(last.tokens)
    .slice(-12)
    .map((token) => ({ ...token, start: -1, end: -1 }));
}

function recall(policy: Policy, before: readonly string[]): Mention[] {
  const sentences = before.slice(-memory).flatMap((text) => sentencesOf(text));
  return sentences.slice(-memory).flatMap(({ tokens }) => mentionsOf(policy, policy.respell(tokens)).map(past));
}

const past = (mention: Mention): Mention => ({ ...mention, at: -1, to: -1 });

/** What a policy sees in each sentence of a text; `before` are the texts of the segments before it, oldest first. */
export function see(policy: Policy, text: string, before: readonly string[]): Seen[] {
  const sentences: Sentence[] = sentencesOf(text);
  let remembered: Mention[][] = [recall(policy, before)];
  return sentences.map(({ tokens }, index): Seen => {
    const lead = index === 0 ? unfinished(policy, before) : [];
    const all = [...lead, ...policy.respell(tokens)];
    const sight = look(policy, all, remembered.slice(-memory).flat());
    remembered = [...remembered, sight.mentions.map(past)];
    // What lies wholly before this text was judged there.
    const signals = sight.signals.filter(({ to }) => to > lead.length);
    return { sight, lead: lead.length, settled: settle({ ...sight, signals }) };
  });
}

/** Judges one text with one policy; `before` are the texts of the segments before it, oldest first. */
export function judgeWith(policy: Policy, tone: ToneFile, text: string, before: readonly string[]): Judgement {
  return combine(text, see(policy, text, before), tone);
}
