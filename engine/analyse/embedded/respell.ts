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

/** Words with one letter after the first missing -> a word it was. Which one of several matters little: all are sensitive. */
function deletionsOf(words: Iterable<string>): Map<string, string> {
  const found = new Map<string, string>();
  for (const word of words) {
    if (word.length < 5) continue;
    for (let at = 1; at < word.length; at++) if (!found.has(without(word, at))) found.set(without(word, at), word);
  }
  return found;
}

/** Nothing longer is a word, or two run together. */
const longest = 40;

export function createRespeller(vocabulary: {
  known: ReadonlySet<string>;
  common: ReadonlySet<string>;
  /** Recognised through one slip of spelling, or by ear. */
  sensitive: ReadonlySet<string>;
  /** Recognised when run together with an ordinary word. */
  splittable: ReadonlySet<string>;
  language: 'fr' | 'en';
}): Respell {
  const { known, common, sensitive, splittable, language } = vocabulary;
  const deletions = deletionsOf(sensitive);
  const sounds = new Map<string, string | null>();
  if (language === 'fr') {
    for (const word of sensitive) {
      const key = phoneticKey(word);
      if (word.length >= 7 && key.length >= 5)
        sounds.set(key, sounds.has(key) && sounds.get(key)?.[0] !== word[0] ? null : word);
    }
  }

  /** The known word behind digits, signs and repeated letters, or null. */
  function disguised(word: string): string | null {
    if (/[\d@$€*]/.test(word)) {
      if (!/\p{L}/u.test(word)) return null;
      return unleet(word).find((reading) => known.has(reading)) ?? null;
    }
    // Three of a letter are an emphasis in any word; two may be its spelling, so only a sensitive word is looked for.
    const calmed = word.replace(/(.)\1{2,}/g, '$1$1');
    const single = word.replace(/(.)\1+/g, '$1');
    if (calmed !== word && known.has(calmed)) return calmed;
    if (single !== word && (calmed !== word ? known : sensitive).has(single)) return single;
    const ending = calmed.replace(/(.)\1+$/, '$1');
    if (calmed !== word && known.has(ending)) return ending;
    return null;
  }

  /** The sensitive word that an unknown word is one slip away from, or sounds like. */
  function misspelt(word: string): string | null {
    if (word.length < 4) return null;
    // The first letter is seldom the one that slips.
    for (let at = word.length < 6 ? 1 : 0; at < word.length - 1; at++) {
      const reading = swapped(word, at);
      if (sensitive.has(reading)) return reading;
    }
    const longer = deletions.get(word);
    if (longer) return longer;
    if (word.length >= 7) {
      for (let at = 1; at < word.length; at++) if (sensitive.has(without(word, at))) return without(word, at);
      const alike = sounds.get(phoneticKey(word));
      if (alike && Math.abs(alike.length - word.length) <= 2) return alike;
    }
    return null;
  }

  /** Words run together: an ordinary and a sensitive one, with a short one between at most ("Ihate", "typiquedepute"). */
  function parted(word: string): string[] | null {
    for (let at = 1; at < word.length; at++) {
      const [left, right] = [word.slice(0, at), word.slice(at)];
      let words: string[] | null = null;
      if (isOrdinary(left)) words = isSensitive(right) ? [left, right] : linked(left, right);
      else if (isSensitive(left) && isOrdinary(right)) words = [left, right];
      if (words) return words;
    }
    return null;
  }

  // Two letters begin or end too many honest words ("démarre", "vapeur"), but for the pronouns that evasion glues on.
  const isOrdinary = (word: string): boolean => common.has(word) && (word.length > 2 || /^(i|je|tu|on|ce)$/.test(word));
  const isSensitive = (word: string): boolean => word.length >= 3 && splittable.has(word);

  function linked(left: string, rest: string): string[] | null {
    for (const length of [2, 3]) {
      const [middle, right] = [rest.slice(0, length), rest.slice(length)];
      if (common.has(middle) && isSensitive(right) && right.length >= 4) return [left, middle, right];
    }
    return null;
  }

  /** Letters standing alone, three or more in a row, are one word ("w o m e n"); the longest known reading wins. */
  function joined(tokens: readonly Token[], from: number): { token: Token; length: number } | null {
    let end = from;
    while (tokens[end]?.word.length === 1 && end - from < longest) end++;
    for (let to = end; to - from >= 3; to--) {
      const run = tokens.slice(from, to);
      const word = run.map((token) => token.word).join('');
      const reading = known.has(word) ? word : (disguised(word) ?? misspelt(word));
      const [first, last] = [run[0], run.at(-1)];
      if (reading && first && last) return { token: { ...first, word: reading, end: last.end }, length: to - from };
    }
    return null;
  }

  const memory = new Map<string, string[]>();
  /** What an unknown word stands for: another word, several, or itself. The memory is emptied rather than let grow. */
  function read(word: string): string[] {
    const remembered = memory.get(word);
    if (remembered) return remembered;
    if (memory.size >= 5000) memory.clear();
    const plain = disguised(word);
    const reading = plain === null ? (parted(word) ?? [misspelt(word) ?? word]) : [plain];
    memory.set(word, reading);
    return reading;
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
      } else if (known.has(token.word) || token.word.length > longest) result.push(token);
      else result.push(...read(token.word).map((word) => ({ ...token, word })));
    }
    return result;
  };
}
