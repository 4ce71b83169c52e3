import { wordsOf } from './words.ts';

export type WordErrors = {
  /** (substitutions + deletions + insertions) / words of the reference; above 1 when much was invented. 0 for two empty texts. */
  wer: number;
  substitutions: number;
  deletions: number;
  insertions: number;
  referenceWords: number;
  hypothesisWords: number;
};

type Cell = { cost: number; substitutions: number; deletions: number; insertions: number };

/**
 * Word error rate: the least number of word substitutions, deletions and insertions that turn the hypothesis into the
 * reference (Levenshtein distance over words), divided by the words of the reference. Case and punctuation do not
 * count (see `wordsOf`). Among equally short ways a substitution is preferred, as NIST sclite does.
 * Memory grows with the hypothesis alone. An empty reference against words is counted against one word.
 */
export function wordErrors(reference: string, hypothesis: string): WordErrors {
  const wanted = wordsOf(reference);
  const heard = wordsOf(hypothesis);
  let above: Cell[] = Array.from({ length: heard.length + 1 }, (_, j) => ({
    cost: j,
    substitutions: 0,
    deletions: 0,
    insertions: j,
  }));

  for (const [i, word] of wanted.entries()) {
    const row: Cell[] = [{ cost: i + 1, substitutions: 0, deletions: i + 1, insertions: 0 }];
    for (const [j, other] of heard.entries()) {
      const [diagonal, up, left] = [above[j]!, above[j + 1]!, row[j]!];
      row.push(word === other ? diagonal : cheapest(diagonal, up, left));
    }
    above = row;
  }

  const { cost, ...counts } = above[heard.length]!;
  const wer = cost === 0 ? 0 : cost / Math.max(1, wanted.length);
  return { wer, ...counts, referenceWords: wanted.length, hypothesisWords: heard.length };
}

function cheapest(diagonal: Cell, up: Cell, left: Cell): Cell {
  if (diagonal.cost <= up.cost && diagonal.cost <= left.cost) {
    return { ...diagonal, cost: diagonal.cost + 1, substitutions: diagonal.substitutions + 1 };
  }
  if (up.cost <= left.cost) return { ...up, cost: up.cost + 1, deletions: up.deletions + 1 };
  return { ...left, cost: left.cost + 1, insertions: left.insertions + 1 };
}
