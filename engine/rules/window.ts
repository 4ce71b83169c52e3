import type { RuleQuote } from '#shared/model/rule-cause.ts';
import { fold } from '../analyse/embedded/fold.ts';
import { type PlacedWord, placedWords } from './terms.ts';

/** A segment's text is some 300 characters; what a longer one says first is what counts. */
const mostChars = 20_000;
/** How much of what was said just before is read too: more than the longest term. */
const charsBefore = 300;
const longestQuote = 300;

export type NumberedText = { number: number; text: string };

/** The folded text that rules read: the end of what was said before, then the segment. */
export type Window = {
  text: string;
  words: readonly PlacedWord[];
  /** Where the segment itself begins in `text`. */
  freshAt: number;
  /** What stands at [start, end) as it was written: one piece of each segment that it touches. */
  quotes(start: number, end: number): RuleQuote[];
};

/** @param before segments just before, oldest first */
export function openWindow(segment: NumberedText, before: readonly NumberedText[]): Window {
  let text = '';
  const pieces = [...before, segment].map((one) => {
    const cutAt = one === segment ? 0 : wordBoundary(one.text, one.text.length - charsBefore);
    const folded = fold(one.text.slice(cutAt, cutAt + mostChars));
    const piece = { one, cutAt, folded, from: text.length };
    text += `${folded.text} `;
    return piece;
  });
  return {
    text,
    words: placedWords(text),
    freshAt: pieces.at(-1)?.from ?? 0,
    quotes: (start, end) =>
      pieces.flatMap(({ one, cutAt, folded, from }) => {
        const at = folded.starts[Math.max(start - from, 0)];
        const to = folded.ends[Math.min(end - from, folded.text.length) - 1];
        if (at === undefined || to === undefined || to <= at) return [];
        const verbatim = one.text.slice(cutAt + at, cutAt + Math.min(to, at + longestQuote));
        return [{ number: one.number, at: cutAt + at, text: verbatim }];
      }),
  };
}

/** The first place from `at` on at which no word is cut in two. */
function wordBoundary(text: string, at: number): number {
  if (at <= 0) return 0;
  const space = text.slice(at).search(/\s/);
  return space < 0 ? text.length : at + space;
}
