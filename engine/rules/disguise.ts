import { createRespeller } from '../analyse/embedded/respell.ts';
import type { PlacedWord, Term } from './terms.ts';

/** Words with the signs that stand for letters in them. */
const evasive = /[\p{L}\p{N}@$€]+(?:[*]\p{L}+)*/gu;

/** The words of a folded text, those of `terms` also where digits, signs, drawn-out or spaced letters disguise them. */
export function createUndisguise(terms: readonly Term[]): (text: string) => PlacedWord[] {
  // A beginning is no whole word: it is found as it is written only.
  const known = new Set(terms.flatMap(({ words }) => words.filter(({ open }) => !open).map(({ text }) => text)));
  const none: ReadonlySet<string> = new Set();
  const respell = createRespeller({ known, common: none, sensitive: none, splittable: none, language: 'fr' });
  return (text) =>
    respell(
      [...text.matchAll(evasive)].map((found) => ({
        word: found[0],
        start: found.index,
        end: found.index + found[0].length,
        quoted: false,
      })),
    );
}
