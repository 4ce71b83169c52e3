import type { Target } from '#shared/model/verdict.ts';
import type { Spans } from './lexicon.ts';
import { matchAt, type Match, type Pattern, type Reading } from './pattern.ts';
import type { ByFirst, Policy } from './policy.ts';
import type { Effect, FrameScope } from './policy-schema.ts';
import type { Token } from './tokens.ts';

/** Something a rule saw in a sentence; positions are token positions, `to` exclusive. */
export type Signal = {
  rule: string;
  effect: Effect;
  from: number;
  to: number;
  negated: boolean;
  target: { kind: Target; from: number; to: number } | null;
  /** Aimed only at "them", with no group named in the match. */
  byPronoun: boolean;
};
export type Frame = { id: string; scope: FrameScope; from: number; to: number };
export type Sight = {
  tokens: readonly Token[];
  spans: Spans;
  /** Which tokens are negations that negate. */
  negative: readonly boolean[];
  /** The kind of group that is named at a token. */
  targetAt(at: number): Target | null;
  signals: Signal[];
  frames: Frame[];
  mentions: Mention[];
  /** Words like "but": what a frame says does not reach over them. */
  contrasts: number[];
};

/** A group (or, to end its reign, something else) that a later "they" or "you" may stand for. */
export type Mention = { at: number; to: number; what: 'group' | 'thing' | 'you'; target: Target };

function targetAt(policy: Policy, spans: Spans, at: number): Target | null {
  for (const [name, target] of policy.targetClasses) if (spans[at]?.has(name)) return target;
  return null;
}

function mentionsIn(policy: Policy, spans: Spans): Mention[] {
  return spans.flatMap((classes, at): Mention[] => {
    const to = at + (classes.get('group')?.[0] ?? 1);
    if (classes.has('group')) return [{ at, to, what: 'group', target: targetAt(policy, spans, at) ?? 'autre' }];
    return classes.has('thing') ? [{ at, to, what: 'thing', target: 'autre' }] : [];
  });
}

/** Negations that stand where they negate: not those inside set phrases ("n'est-ce pas", "nothing but"). */
function negations(spans: Spans): boolean[] {
  const masked = new Set<number>();
  spans.forEach((classes, at) => {
    const length = classes.get('mask')?.[0] ?? 0;
    for (let i = 0; i < length; i++) masked.add(at + i);
  });
  return spans.map((classes, at) => classes.has('negator') && !masked.has(at));
}

/** A group named within a longer phrase that names none ("my wife", "abroad") is not a group. */
function castShadows(spans: Spans, targetClasses: Iterable<string>): void {
  const hidden = ['group', ...targetClasses];
  spans.forEach((classes, at) => {
    const length = classes.get('shadow')?.[0] ?? 0;
    for (let i = 0; i < length; i++) for (const name of hidden) spans[at + i]?.delete(name);
  });
}

const named = ['group', 'slur', 'slur-aimed'];
const thirdPersons = ['them', 'clitic', 'they-are'];

/** Pronouns lose their class where nobody was named whom they could stand for. */
function resolvePronouns(spans: Spans, mentions: readonly Mention[], before: readonly Mention[]): void {
  // Speech names at the end whom it spoke of all along: "send them all back, those immigrants".
  const closing = mentions.findLast(({ what, to }) => what === 'group' && to === spans.length);
  spans.forEach((classes, at) => {
    if (thirdPersons.some((name) => classes.has(name))) {
      const last = [...before, ...mentions.filter((mention) => mention.at < at)].findLast(({ what }) => what !== 'you');
      const stands = last ? last.what === 'group' : closing !== undefined && closing.at > at;
      if (!stands) for (const name of thirdPersons) classes.delete(name);
    }
    if (classes.has('you') && !before.some(({ what }) => what === 'you')) {
      if (!mentions.some((mention) => mention.what === 'you' && mention.at < at)) classes.delete('you');
    }
  });
}

function negatedBefore(match: Match, spans: Spans, negative: readonly boolean[]): boolean {
  for (let at = match.from - 1; at >= Math.max(0, match.from - 4); at--) {
    if (negative[at]) return true;
    if (!spans[at]?.has('light')) return false;
  }
  return false;
}

/** Every match of the patterns of one index, in the order of the words. */
function scan<T extends { pattern: Pattern }>(
  index: ByFirst<T>,
  reading: Reading,
  found: (one: T, match: Match) => void,
): void {
  reading.tokens.forEach((token, at) => {
    const tryAll = (candidates: readonly T[] | undefined): void => {
      for (const one of candidates ?? []) {
        const match = matchAt(one.pattern, reading, at);
        if (match) found(one, match);
      }
    };
    tryAll(index.get(token.word));
    for (const name of reading.spans[at]?.keys() ?? []) tryAll(index.get(`@${name}`));
  });
}

type Surface = { reading: Reading; negative: boolean[]; frames: Frame[]; mentions: Mention[] };

/** What can be seen in a sentence without knowing who was spoken of before. */
function surface(policy: Policy, tokens: readonly Token[]): Surface {
  const spans = policy.lexicon.spans(tokens);
  castShadows(spans, policy.targetClasses.keys());
  const negative = negations(spans);
  const isBarrier = (at: number): boolean => negative[at] === true || spans[at]?.has('contrast') === true;
  const isRelative = (at: number): boolean => spans[at]?.has('relative') === true;
  const reading: Reading = { tokens, spans, isBarrier, isRelative };
  const mentions = mentionsIn(policy, spans);
  const frames: Frame[] = [];
  scan(policy.frames, reading, ({ id, scope }, { from, to }) => {
    frames.push({ id, scope, from, to });
    if (scope === 'address') mentions.push({ at: to - 1, to, what: 'you', target: 'autre' });
  });
  return { reading, negative, frames, mentions };
}

/** Whom a sentence names, for the sentences after it. */
export const mentionsOf = (policy: Policy, tokens: readonly Token[]): Mention[] => surface(policy, tokens).mentions;

/**
 * Everything the policy sees in one sentence. `before` are the mentions of the sentences before it, oldest first, and
 * decide whom "they" and "you" stand for.
 */
export function look(policy: Policy, tokens: readonly Token[], before: readonly Mention[]): Sight {
  const { reading, negative, frames, mentions } = surface(policy, tokens);
  const { spans } = reading;
  resolvePronouns(spans, mentions, before);
  const antecedent = [...before, ...mentions].findLast(({ what }) => what === 'group')?.target ?? 'autre';
  const signals: Signal[] = [];
  scan(policy.rules, reading, ({ id, effect, negatable }, match) => {
    const group = match.captures.find(({ name }) => named.includes(name));
    const pronoun = match.captures.find(({ name }) => name === 'you' || thirdPersons.includes(name));
    const whom = group ?? pronoun;
    const kind = group ? targetAt(policy, spans, group.from) : pronoun ? antecedent : null;
    signals.push({
      rule: id,
      effect,
      from: match.from,
      to: match.to,
      negated: negatable && negatedBefore(match, spans, negative),
      target: whom && kind ? { kind, from: whom.from, to: whom.to } : null,
      byPronoun: !group && pronoun !== undefined,
    });
  });
  const contrasts = tokens.flatMap((_, at) => (spans[at]?.has('contrast') ? [at] : []));
  return {
    tokens,
    spans,
    negative,
    targetAt: (at) => targetAt(policy, spans, at),
    signals,
    frames,
    mentions,
    contrasts,
  };
}
