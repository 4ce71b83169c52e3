/** What a person types to find words, as FTS5 understands it and as marks on a text. Pure. */

/** Words next to each other; `open`: the last one may go on (`mot*`, or still being typed). */
export type Term = { words: readonly string[]; open: boolean };

const mostTerms = 20;

/** As the index folds it: lower case, no accents (unicode61, remove_diacritics 2). */
export function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/**
 * Words and "quoted phrases", all of which must be there; `mot*` finds words that begin so, and so does a last word, which may still be
 * being typed. Whatever is typed is a query: signs that mean something to SQL or FTS5 mean nothing here.
 */
export function parseQuery(text: string): Term[] {
  const terms: Term[] = [];
  for (const match of text.matchAll(/["“«]([^"”»]*)(?:["”»]|$)|([\p{L}\p{N}\p{M}]+)(\*?)/gu)) {
    const [, phrase, word, star] = match;
    const words = phrase === undefined ? [word!] : (phrase.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []);
    if (words.length > 0) terms.push({ words, open: star === '*' });
  }
  const last = terms.at(-1);
  if (last && last.words.length === 1 && /[\p{L}\p{N}\p{M}]$/u.test(text)) last.open = true;
  return terms.slice(0, mostTerms);
}

/** Null when there is no word in it. */
export function matchExpression(terms: readonly Term[]): string | null {
  if (terms.length === 0) return null;
  return terms.map(({ words, open }) => `"${words.join(' ')}"${open ? '*' : ''}`).join(' ');
}

/** Where a text holds the terms: [start, end) in UTF-16 units, in order, apart from each other. */
export function marksIn(text: string, terms: readonly Term[]): { start: number; end: number }[] {
  const words = [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map((match) => ({
    plain: folded(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  }));
  const marked = new Set<number>();
  for (const term of terms) {
    const wanted = term.words.map(folded);
    words.forEach((_, from) => {
      const found = wanted.every((word, offset) => {
        const here = words[from + offset]?.plain;
        const last = offset === wanted.length - 1;
        return here !== undefined && (last && term.open ? here.startsWith(word) : here === word);
      });
      if (found) wanted.forEach((_word, offset) => marked.add(from + offset));
    });
  }
  return [...marked].sort((a, b) => a - b).map((index) => ({ start: words[index]!.start, end: words[index]!.end }));
}
