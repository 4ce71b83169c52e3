import type { Spans } from './lexicon.ts';
import type { Token } from './tokens.ts';
import { wordsOf } from './tokens.ts';

/**
 * A pattern is a row of elements over words, written as in
 *   `@should ..2 @harm ..3 @group`      a class, a gap of at most 2 words, ...
 *   `mort a|aux @filler* @group`        words, alternatives, any number of a class
 *   `@group @be !pas @filler* @dehum`   `!` looks ahead and takes nothing; `?` is optional; `<` and `>` are the sentence's ends
 * Gaps never step over a negation or "but"; a gap written `~2` does not step over "who" or "that" either. Matching is memoised: its cost is bounded by
 * elements x words, whatever is written or said.
 */
export type Alternative = { classes: string[] } | { word: string };
type Element =
  | { kind: 'one'; any: Alternative[]; optional: boolean; many: boolean }
  | { kind: 'gap'; most: number; withinClause: boolean }
  | { kind: 'not'; any: Alternative[] }
  | { kind: 'start' }
  | { kind: 'end' };

export type Pattern = { source: string; elements: Element[]; first: Alternative[] };

/** What matched: token positions [from, to), and those that an element took (the rest is gap). */
export type Match = {
  from: number;
  to: number;
  taken: Set<number>;
  captures: { name: string; from: number; to: number }[];
};

export type Reading = {
  tokens: readonly Token[];
  spans: Spans;
  isBarrier(position: number): boolean;
  isRelative(position: number): boolean;
};

function alternatives(source: string, aliases: Record<string, string[]>): Alternative[] {
  return source.split('|').map((part): Alternative => {
    if (part.startsWith('@')) return { classes: aliases[part.slice(1)] ?? [part.slice(1)] };
    if (part === "'s") return { word: part };
    const [word, ...more] = wordsOf(part);
    if (word === undefined || more.length > 0) throw new Error(`"${part}" in "${source}" is not one word`);
    return { word };
  });
}

/** Reads one pattern. Throws, naming the pattern, when it does not begin with something to look for. */
export function parsePattern(source: string, aliases: Record<string, string[]>): Pattern {
  const elements = source.split(/\s+/).map((part): Element => {
    if (part === '<') return { kind: 'start' };
    if (part === '>') return { kind: 'end' };
    const gap = /^(\.\.|~)(\d+)$/.exec(part);
    if (gap) return { kind: 'gap', most: Number(gap[2]), withinClause: gap[1] === '~' };
    if (part.startsWith('!')) return { kind: 'not', any: alternatives(part.slice(1), aliases) };
    const many = part.endsWith('*');
    const optional = part.endsWith('?') || many;
    return { kind: 'one', any: alternatives(optional ? part.slice(0, -1) : part, aliases), optional, many };
  });
  const first = elements.find(({ kind }) => kind !== 'start');
  if (first?.kind !== 'one' || first.optional) throw new Error(`pattern "${source}" must begin with a word or a class`);
  return { source, elements, first: first.any };
}

/** The classes a pattern names, so that a policy can be checked for classes that do not exist. */
export function classesOf(pattern: Pattern): string[] {
  return pattern.elements.flatMap((element) =>
    'any' in element ? element.any.flatMap((one) => ('classes' in one ? one.classes : [])) : [],
  );
}

type Step = { name: string | null; length: number };

const noSteps: readonly Step[] = [];

/** Ways of taking an element at a position. Plain loops: this is the innermost step of every judgement. */
function stepsAt(any: readonly Alternative[], reading: Reading, at: number): readonly Step[] {
  const token = reading.tokens[at];
  const spans = reading.spans[at];
  if (!token || !spans) return noSteps;
  let steps: Step[] | null = null;
  for (const one of any) {
    if ('word' in one) {
      if (one.word === token.word) (steps ??= []).push({ name: null, length: 1 });
      continue;
    }
    if (spans.size === 0) continue;
    for (const name of one.classes) {
      for (const length of spans.get(name) ?? []) (steps ??= []).push({ name, length });
    }
  }
  return steps ?? noSteps;
}

/** The first way in which `pattern` fits the words from `from` on, or null. */
export function matchAt(pattern: Pattern, reading: Reading, from: number): Match | null {
  const { elements } = pattern;
  const width = reading.tokens.length + 1;
  const failed = new Set<number>();
  const steps: { at: number; step: Step }[] = [];

  function go(index: number, at: number): number {
    const element = elements[index];
    if (!element) return at;
    const key = index * width + at;
    if (failed.has(key)) return -1;
    const end = take(element, index, at);
    if (end < 0) failed.add(key);
    return end;
  }

  function take(element: Element, index: number, at: number): number {
    if (element.kind === 'start') return at === 0 ? go(index + 1, at) : -1;
    if (element.kind === 'end') return at === reading.tokens.length ? go(index + 1, at) : -1;
    if (element.kind === 'not') return stepsAt(element.any, reading, at).length === 0 ? go(index + 1, at) : -1;
    if (element.kind === 'gap') {
      for (let skipped = 0; skipped <= element.most; skipped++) {
        const end = go(index + 1, at + skipped);
        if (end >= 0) return end;
        if (at + skipped >= reading.tokens.length || reading.isBarrier(at + skipped)) return -1;
        if (element.withinClause && reading.isRelative(at + skipped)) return -1;
      }
      return -1;
    }
    for (const step of stepsAt(element.any, reading, at)) {
      steps.push({ at, step });
      const end = go(element.many ? index : index + 1, at + step.length);
      if (end >= 0) return end;
      steps.pop();
    }
    return element.optional ? go(index + 1, at) : -1;
  }

  const to = go(0, from);
  if (to < 0) return null;
  const taken = new Set(steps.flatMap(({ at, step }) => Array.from({ length: step.length }, (_, i) => at + i)));
  const captures = steps.flatMap(({ at, step }) =>
    step.name === null ? [] : [{ name: step.name, from: at, to: at + step.length }],
  );
  return { from, to, taken, captures };
}
