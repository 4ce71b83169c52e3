import { inflect } from './inflect.ts';
import { wordsOf, type Token } from './tokens.ts';

/** For each token: which classes a word or phrase starting there belongs to, with the lengths in words, longest first. */
export type Spans = Map<string, number[]>[];

type Node = { next: Map<string, Node>; classes: Set<string>; afterArticle: Set<string> };

/**
 * Words and phrases by class. An entry written `+noir(s)` counts only after a word of the class `article` ("les noirs", not
 * "cheveux noirs"). All are kept in
 * one prefix tree over words: looking up costs the length of the phrase.
 */
export type Lexicon = {
  add(name: string, entries: string): void;
  spans(tokens: readonly Token[]): Spans;
  /** Every word in the entries of some classes; only those that are an entry by themselves where `alone` is asked for. */
  words(classes: Iterable<string>, alone?: boolean): Set<string>;
};

const newNode = (): Node => ({ next: new Map(), classes: new Set(), afterArticle: new Set() });

export function createLexicon(): Lexicon {
  const root = newNode();
  const byClass = new Map<string, Set<string>>();
  return {
    add(name, entries) {
      const words = byClass.get(name) ?? new Set<string>();
      byClass.set(name, words);
      for (const form of entries.split(',').flatMap((entry) => inflect(entry.trim()))) {
        const phrase = wordsOf(form);
        if (phrase.length === 0) continue;
        let node = root;
        for (const word of phrase) {
          words.add(word);
          const next = node.next.get(word) ?? newNode();
          node.next.set(word, next);
          node = next;
        }
        (form.startsWith('+') ? node.afterArticle : node.classes).add(name);
      }
    },
    spans(tokens) {
      const articles = byClass.get('article');
      return tokens.map((_, from) => {
        const follows = articles?.has(tokens[from - 1]?.word ?? '') === true;
        const found = new Map<string, number[]>();
        let node: Node | undefined = root;
        for (let length = 1; ; length++) {
          const token = tokens[from + length - 1];
          node = token && node.next.get(token.word);
          if (!node) return found;
          for (const name of follows ? [...node.classes, ...node.afterArticle] : node.classes) {
            const lengths = found.get(name);
            if (lengths) lengths.unshift(length);
            else found.set(name, [length]);
          }
        }
      });
    },
    words(classes, alone = false) {
      const all = [...classes].flatMap((name) => [...(byClass.get(name) ?? [])].map((word) => ({ name, word })));
      const isEntry = ({ name, word }: { name: string; word: string }): boolean => {
        const node = root.next.get(word);
        return node?.classes.has(name) === true || node?.afterArticle.has(name) === true;
      };
      return new Set(all.filter((one) => !alone || isEntry(one)).map(({ word }) => word));
    },
  };
}
