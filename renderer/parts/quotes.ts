import type { Reason } from '#shared/model/verdict.ts';

export type Piece = { text: string; quoted: boolean };

/**
 * Cuts a text at the words its verdict quotes. A quote that is not where it says (an edited text) is looked for, and left
 * out when it is nowhere: only words that were said are ever marked.
 */
export function markQuotes(text: string, reasons: readonly Pick<Reason, 'quote' | 'at'>[]): Piece[] {
  const spans = reasons
    .filter(({ quote }) => quote !== '')
    .map(({ quote, at }) => {
      const start = text.startsWith(quote, at) ? at : text.indexOf(quote);
      return { start, end: start + quote.length };
    })
    .filter(({ start }) => start >= 0)
    .sort((a, b) => a.start - b.start);
  const pieces: Piece[] = [];
  let cursor = 0;
  for (const { start, end } of spans) {
    if (end <= cursor) continue;
    const from = Math.max(start, cursor);
    if (from > cursor) pieces.push({ text: text.slice(cursor, from), quoted: false });
    const last = pieces.at(-1);
    if (from === cursor && last?.quoted) last.text += text.slice(from, end);
    else pieces.push({ text: text.slice(from, end), quoted: true });
    cursor = end;
  }
  if (cursor < text.length) pieces.push({ text: text.slice(cursor), quoted: false });
  return pieces;
}
