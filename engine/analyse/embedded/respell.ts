import type { Token } from './tokens.ts';
import { phoneticKey } from './phonetic.ts';

/** Sees through spelling: the same tokens with evasive or misheard words replaced by what they stand for. */
export type Respell = (tokens: readonly Token[]) => Token[];

const leet: Record<string, string[]> = {
  '0': ['o'], '1': ['i', 'l'], '3': ['e'], '4': ['a'], '5': ['s'], '6': ['g'], '7': ['t'], '8': ['b'], '9': ['g'],
  '@': ['a'], $: ['s'], '€': ['e'], '*': [''],
}; // prettier-ignore

function unleet(word: string): string[] {
  let readings = [''];
  for (const letter of word) {
    const options = Object.hasOwn(leet, letter) ? (leet[letter] ?? [letter]) : [letter];
    // Two readings per digit, at most 16 in all: enough for one or two disguised letters, bounded for hostile input.
    readings = readings.flatMap((head) => options.map((tail) => head + tail)).slice(0, 16);
  }
  return readings;
}

const swapped = (word: string, at: number): string =>
  word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2);
const without = (word: string, at: number): string => word.slice(0, at) + word.slice(at + 1);

/** Words with one inner letter missing -> the word, where only one word fits. */
function deletionsOf(words: Iterable<string>): Map<string, string | null> {
  const found = new Map<string, string | null>();
  for (const word of words) {
    if (word.length < 5) continue;
    for (let at = 1; at < word.length - 1; at++) {
      const shorter = without(word, at);
      const other = found.get(shorter);
      found.set(shorter, other === undefined || other === word ? word : null);
    }
  }
  return found;
}

export function createRespeller(vocabulary: {
  known: ReadonlySet<string>;
  common: ReadonlySet<string>;
  sensitive: ReadonlySet<string>;
  language: 'fr' | 'en';
}): Respell {
  const { known, common, sensitive, language } = vocabulary;
  const deletions = deletionsOf(sensitive);
  const sounds = new Map<string, string | null>();
  if (language === 'fr') {
    for (const word of sensitive) {
      const key = phoneticKey(word);
      if (word.length >= 6 && key.length >= 5)
        sounds.set(key, sounds.has(key) && sounds.get(key)?.[0] !== word[0] ? null : word);
    }
  }

  /** The known word behind one unknown word, or null. */
  function repaired(word: string): string | null {
    if (/[\d@$€*]/.test(word)) {
      if (!/\p{L}/u.test(word)) return null;
      return unleet(word).find((reading) => known.has(reading)) ?? null;
    }
    const calmed = word.replace(/(.)\1{2,}/g, '$1$1');
    for (const reading of [calmed, calmed.replace(/(.)\1+$/, '$1'), word.replace(/(.)\1+/g, '$1')]) {
      if (reading !== word && known.has(reading)) return reading;
    }
    if (word.length < 4) return null;
    for (let at = 0; at < word.length - 1; at++) {
      const reading = swapped(word, at);
      if (sensitive.has(reading)) return reading;
    }
    const longer = deletions.get(word);
    if (longer) return longer;
    if (word.length >= 6) {
      for (let at = 1; at < word.length; at++) if (sensitive.has(without(word, at))) return without(word, at);
      const alike = sounds.get(phoneticKey(word));
      if (alike && Math.abs(alike.length - word.length) <= 2) return alike;
    }
    return null;
  }

  /** Two words run together, one of them sensitive and the other ordinary ("Ihate", "absolutefilth"). */
  function parted(token: Token): Token[] | null {
    const { word } = token;
    if (word.length < 5) return null;
    for (let at = 1; at < word.length; at++) {
      const [left, right] = [word.slice(0, at), word.slice(at)];
      const split =
        (common.has(left) && sensitive.has(right) && right.length >= 4) ||
        (sensitive.has(left) && left.length >= 4 && common.has(right) && right.length >= 2);
      if (split)
        return [
          { ...token, word: left },
          { ...token, word: right },
        ];
    }
    return null;
  }

  /** Letters standing alone, three or more in a row, are one word ("w o m e n"); the longest known reading wins. */
  function joined(tokens: readonly Token[], from: number): { token: Token; length: number } | null {
    let end = from;
    while (tokens[end]?.word.length === 1) end++;
    for (let to = end; to - from >= 3; to--) {
      const run = tokens.slice(from, to);
      const word = run.map((token) => token.word).join('');
      const reading = known.has(word) ? word : repaired(word);
      const [first, last] = [run[0], run.at(-1)];
      if (reading && first && last) return { token: { ...first, word: reading, end: last.end }, length: to - from };
    }
    return null;
  }

  return (tokens) => {
    const result: Token[] = [];
    for (let at = 0; at < tokens.length; at++) {
      const token = tokens[at];
      if (!token) break;
      const run = token.word.length === 1 ? joined(tokens, at) : null;
      if (run) {
        result.push(run.token);
        at += run.length - 1;
      } else if (known.has(token.word)) result.push(token);
      else {
        const reading = repaired(token.word);
        if (reading) result.push({ ...token, word: reading });
        else result.push(...(parted(token) ?? [token]));
      }
    }
    return result;
  };
}
