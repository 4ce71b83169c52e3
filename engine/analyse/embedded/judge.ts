import type { Judgement, Reason, Target, Virality } from '#shared/model/verdict.ts';
import type { Policy } from './policy.ts';
import { settle, type Settled } from './settle.ts';
import { look, mentionsOf, type Mention, type Signal } from './signals.ts';
import { sentencesOf, type Sentence, type Token } from './tokens.ts';

const viralityRank: Record<Virality, number> = { faible: 0, moyenne: 1, forte: 2 };
const maxReasons = 20;
const maxQuote = 500;
const maxTargetText = 100;
/** How many sentences a "they" may look back over. */
const memory = 2;

type Seen = { tokens: readonly Token[]; settled: Settled };

/** Where a span of tokens stands in the text; null when it lies in what was said before this text. */
function place(tokens: readonly Token[], from: number, to: number): { at: number; end: number } | null {
  const inText = tokens.slice(from, to).filter(({ start }) => start >= 0);
  const [first, last] = [inText[0], inText.at(-1)];
  return first && last ? { at: first.start, end: last.end } : null;
}

function reasonOf(text: string, rule: string, { tokens }: Seen, signal: Signal): Reason | null {
  const found = place(tokens, signal.from, signal.to);
  return found && { rule, quote: text.slice(found.at, Math.min(found.end, found.at + maxQuote)), at: found.at };
}

const determiners = new Set(['les', 'des', 'ces', 'aux', 'le', 'la', 'l', 'the', 'these', 'those']);

function targetText(text: string, { tokens }: Seen, target: { from: number; to: number }): string | null {
  const leading = target.from > 0 && determiners.has(tokens[target.from - 1]?.word ?? '');
  const found = place(tokens, leading ? target.from - 1 : target.from, target.to);
  return found && text.slice(found.at, Math.min(found.end, found.at + maxTargetText));
}

const rank = ({ hate, virality, category }: Settled): number =>
  (hate ? 100 : 0) + viralityRank[virality] * 10 + (category === 'polemique' ? 1 : 0);

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

/** Judges one text with one policy; `before` are the texts of the segments before it, oldest first. */
export function judgeWith(policy: Policy, text: string, before: readonly string[]): Judgement {
  const sentences: Sentence[] = sentencesOf(text);
  let remembered: Mention[][] = [recall(policy, before)];
  const seen = sentences.map(({ tokens }, index): Seen => {
    const lead = index === 0 ? unfinished(policy, before) : [];
    const all = [...lead, ...policy.respell(tokens)];
    const sight = look(policy, all, remembered.slice(-memory).flat());
    remembered = [...remembered, sight.mentions.map(past)];
    // What lies wholly before this text was judged there.
    const signals = sight.signals.filter(({ to }) => to > lead.length);
    return { tokens: all, settled: settle({ ...sight, signals }) };
  });
  return combine(text, seen);
}

/** The worst sentence decides; what each sentence adds is kept as a reason. */
function combine(text: string, seen: readonly Seen[]): Judgement {
  const byWeight = [...seen].sort((a, b) => rank(b.settled) - rank(a.settled));
  const worst = byWeight[0];
  const hate = worst?.settled.hate ?? false;
  const virality = seen.reduce<Virality>(
    (most, { settled }) => (viralityRank[settled.virality] > viralityRank[most] ? settled.virality : most),
    'faible',
  );
  const reasons = byWeight.flatMap((one) => [
    ...one.settled.because.map((signal) => reasonOf(text, signal.rule, one, signal)),
    ...(hate ? [] : one.settled.excused.map(({ signal, excuse }) => reasonOf(text, excuse, one, signal))),
  ]);
  const aimed = worst?.settled.because.find(({ target }) => target)?.target ?? null;
  const individual = worst?.settled.because.some(({ effect }) => effect === 'individual') ?? false;
  const target: Target | null = hate ? (aimed?.kind ?? 'autre') : individual ? 'individu' : null;
  return {
    category: worst?.settled.category ?? 'neutre',
    virality,
    hate,
    target,
    targetText: hate && aimed && worst ? targetText(text, worst, aimed) : null,
    reasons: distinct(reasons.filter((one) => one !== null)).slice(0, maxReasons),
    // Rules do not measure their own certainty; a figure here would be invented.
    confidenceBp: null,
  };
}

/** One reason per rule and place: several patterns of a rule may see the same words. The longest quote stays. */
function distinct(reasons: readonly Reason[]): Reason[] {
  const kept: Reason[] = [];
  for (const one of reasons) {
    const twin = kept.findIndex(
      (other) =>
        other.rule === one.rule && other.at < one.at + one.quote.length && one.at < other.at + other.quote.length,
    );
    if (twin < 0) kept.push(one);
    else if (one.quote.length > (kept[twin]?.quote.length ?? 0)) kept[twin] = one;
  }
  return kept;
}
