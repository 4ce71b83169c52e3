import type { Target } from '#shared/model/verdict.ts';
import type { Spans } from './lexicon.ts';
import { matchAt, type Match, type Reading } from './pattern.ts';
import type { Compiled, Policy } from './policy.ts';
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
  signals: Signal[];
  frames: Frame[];
  mentions: Mention[];
  /** Words like "but": what a frame says does not reach over them. */
  contrasts: number[];
};

/** A group (or, to end its reign, something else) that a later "they" or "you" may stand for. */
export type Mention = { at: number; what: 'group' | 'thing' | 'you'; target: Target };

function targetAt(policy: Policy, spans: Spans, at: number): Target | null {
  for (const [name, target] of policy.targetClasses) if (spans[at]?.has(name)) return target;
  return null;
}

function mentionsIn(policy: Policy, spans: Spans): Mention[] {
  return spans.flatMap((classes, at): Mention[] => {
    if (classes.has('group')) return [{ at, what: 'group', target: targetAt(policy, spans, at) ?? 'autre' }];
    return classes.has('thing') ? [{ at, what: 'thing', target: 'autre' }] : [];
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

/** Pronouns lose their class where nobody was named whom they could stand for. */
function resolvePronouns(spans: Spans, mentions: readonly Mention[], before: readonly Mention[]): void {
  spans.forEach((classes, at) => {
    if (classes.has('them')) {
      const last = [...before, ...mentions.filter((mention) => mention.at < at)].findLast(({ what }) => what !== 'you');
      if (last?.what !== 'group') classes.delete('them');
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

function patternsAt(policy: Policy, spans: Spans, token: Token, at: number): Compiled[] {
  const keys = [token.word, ...[...(spans[at]?.keys() ?? [])].map((name) => `@${name}`)];
  return [...new Set(keys.flatMap((key) => policy.byFirst.get(key) ?? []))];
}

/**
 * Everything the policy sees in one sentence. `before` are the mentions of the sentences before it, oldest first, and
 * decide whom "they" and "you" stand for.
 */
export function look(policy: Policy, tokens: readonly Token[], before: readonly Mention[]): Sight {
  const spans = policy.lexicon.spans(tokens);
  const negative = negations(spans);
  const isBarrier = (at: number): boolean => negative[at] === true || spans[at]?.has('contrast') === true;
  const reading: Reading = { tokens, spans, isBarrier };
  const mentions = mentionsIn(policy, spans);

  const frames: Frame[] = [];
  const scan = (wanted: 'frame' | 'rule', found: (compiled: Compiled, match: Match) => void): void => {
    tokens.forEach((token, at) => {
      for (const compiled of patternsAt(policy, spans, token, at)) {
        if (compiled.origin.kind !== wanted) continue;
        const match = matchAt(compiled.pattern, reading, at);
        if (match) found(compiled, match);
      }
    });
  };
  scan('frame', ({ origin }, match) => {
    if (origin.kind !== 'frame') return;
    frames.push({ id: origin.id, scope: origin.scope, from: match.from, to: match.to });
    if (origin.scope === 'address') mentions.push({ at: match.to - 1, what: 'you', target: 'autre' });
  });

  resolvePronouns(spans, mentions, before);
  const antecedent = [...before, ...mentions].findLast(({ what }) => what === 'group')?.target ?? 'autre';
  const signals: Signal[] = [];
  scan('rule', ({ origin }, match) => {
    if (origin.kind !== 'rule') return;
    const group = match.captures.find(({ name }) => name === 'group');
    const pronoun = match.captures.find(({ name }) => name === 'them' || name === 'you');
    const kind = group ? targetAt(policy, spans, group.from) : pronoun ? antecedent : null;
    signals.push({
      rule: origin.id,
      effect: origin.effect,
      from: match.from,
      to: match.to,
      negated: origin.negatable && negatedBefore(match, spans, negative),
      target: kind
        ? { kind, from: (group ?? pronoun)?.from ?? match.from, to: (group ?? pronoun)?.to ?? match.to }
        : null,
      byPronoun: !group && pronoun !== undefined,
    });
  });
  const contrasts = tokens.flatMap((_, at) => (spans[at]?.has('contrast') ? [at] : []));
  return { tokens, signals, frames, mentions, contrasts };
}
