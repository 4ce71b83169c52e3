import type { Segment } from '#shared/model/segment.ts';
import { showUnsafe } from '../writers/clean-text.ts';
import type { TextView } from './view.ts';

/** The segment's text with the quoted words marked. A quote that is not where it says it is marks nothing. */
export function textView(segment: Pick<Segment, 'text' | 'language' | 'verdict'>): TextView {
  const { text } = segment;
  const marked = new Uint8Array(text.length);
  for (const { quote, at } of segment.verdict?.reasons ?? []) {
    if (quote !== '' && text.startsWith(quote, at)) marked.fill(1, at, at + quote.length);
  }
  const runs: TextView['runs'] = [];
  let from = 0;
  for (let end = 1; end <= text.length; end += 1) {
    if (end < text.length && marked[end] === marked[from]) continue;
    const run = showUnsafe(text.slice(from, end));
    if (run !== '') runs.push({ text: run, mark: marked[from] === 1 });
    from = end;
  }
  return { rtl: readsRightToLeft(text), lang: languageTag(segment.language), runs };
}

/** Whether some strings in `parts`, however deep, hold a run of 28 characters without a blank. */
export function holdsLongWord(parts: object): boolean {
  return Object.values(parts).some((part: unknown) =>
    typeof part === 'string' ? /\S{28}/u.test(part) : typeof part === 'object' && part !== null && holdsLongWord(part),
  );
}

/** Whether most letters are of a right-to-left script. */
export function readsRightToLeft(text: string): boolean {
  const rtl =
    text.match(/[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/gu)?.length ?? 0;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return rtl * 2 > letters;
}

/** ISO 639 code a PDF may carry, or null. */
function languageTag(language: string | null): string | null {
  return language !== null && /^[a-z]{2,3}$/.test(language) ? language : null;
}
