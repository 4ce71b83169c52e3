import { inflect } from './inflect.ts';
import { wordsOf, type Token } from './tokens.ts';

/** For each token: which classes a word or phrase starting there belongs to, with the lengths in words, longest first. */
export type Spans = Map<string, number[]>[];

type Node = { next: Map<string, Node>; classes: Set<string> };

/** Words and phrases by class, in one prefix tree over words: looking up costs the length of the phrase. */
export type Lexicon = {
  add(name: string, entries: string): void;
  spans(tokens: readonly Token[]): Spans;
  /** The single words of some classes. */
  words(classes: ReadonlySet<string>): Set<string>;
};

const newNode = (): Node => ({ next: new Map(), classes: new Set() });

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
        node.classes.add(name);
      }
    },
    spans(tokens) {
      return tokens.map((_, from) => {
        const found = new Map<string, number[]>();
        let node: Node | undefined = root;
        for (let length = 1; ; length++) {
          const token = tokens[from + length - 1];
          node = token && node.next.get(token.word);
          if (!node) return found;
          for (const name of node.classes) {
            const lengths = found.get(name);
            if (lengths) lengths.unshift(length);
            else found.set(name, [length]);
          }
        }
      });
    },
    words(classes) {
      return new Set([...classes].flatMap((name) => [...(byClass.get(name) ?? [])]));
    },
  };
}
