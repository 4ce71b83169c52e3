import type { RuleProblem } from '#shared/model/rule-problem.ts';
import { ruleLimits } from '#shared/model/rule.ts';
import { fold } from '../analyse/embedded/fold.ts';

/** A word of a folded text and where it stands in it. */
export type PlacedWord = { word: string; start: number; end: number };
export type Span = { start: number; end: number };

/** Words in a row; `open`: the word may go on (`mot*`). */
export type Term = { words: readonly { text: string; open: boolean }[] };

/** Letters and digits, or one picture: what stands between words (hyphens, apostrophes, points) separates them and counts for nothing. */
const wordPattern = /[\p{L}\p{N}]+|\p{Extended_Pictographic}/gu;
/** A beginning of one letter would find nearly everything. */
const leastStem = 2;

/** The words of a folded text. */
export function placedWords(text: string): PlacedWord[] {
  return [...text.matchAll(wordPattern)].map((found) => ({
    word: found[0],
    start: found.index,
    end: found.index + found[0].length,
  }));
}

/** Reads a term as it is typed; a word of what is wrong with it when it cannot be looked for. */
export function parseTerm(typed: string): Term | RuleProblem {
  const text = fold(typed).text;
  if (/\*[\p{L}\p{N}*]|(^|[^\p{L}\p{N}])\*/u.test(text)) return 'star';
  const words = placedWords(text).map(({ word, end }) => ({ text: word, open: text[end] === '*' }));
  if (words.length === 0) return 'no-word';
  if (words.length > ruleLimits.termWords) return 'term-long';
  if (words.some((word) => word.open && word.text.length < leastStem)) return 'star';
  return { words };
}

export type TermFinder = (words: readonly PlacedWord[]) => Span[];

/** Finds any of the terms, wherever they stand, in time that does not depend on how many terms there are. */
export function createTermFinder(terms: readonly Term[]): TermFinder {
  const exact = new Map<string, Term[]>();
  const open = new Map<string, Term[]>();
  for (const one of terms) {
    const [first] = one.words;
    if (!first) continue;
    const index = first.open ? open : exact;
    index.set(first.text, [...(index.get(first.text) ?? []), one]);
  }
  const stems = [...new Set([...open.keys()].map((stem) => stem.length))].sort((a, b) => a - b);

  function* beginningAt(word: string): Generator<Term> {
    yield* exact.get(word) ?? [];
    for (const length of stems) {
      if (length > word.length) return;
      yield* open.get(word.slice(0, length)) ?? [];
    }
  }

  return (words) => {
    const found: Span[] = [];
    for (const [at, first] of words.entries()) {
      let end = -1;
      for (const { words: wanted } of beginningAt(first.word)) {
        const all = wanted.every(({ text, open: goesOn }, offset) => {
          const here = words[at + offset]?.word;
          return here !== undefined && (goesOn ? here.startsWith(text) : here === text);
        });
        // Of terms that begin at one word the longest says most.
        if (all) end = Math.max(end, words[at + wanted.length - 1]?.end ?? -1);
      }
      if (end >= 0) found.push({ start: first.start, end });
    }
    return found;
  };
}
