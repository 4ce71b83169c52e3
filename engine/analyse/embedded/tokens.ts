import { fold } from './fold.ts';

/** A word as it is compared (folded, contractions opened) and where it stands in the original text (UTF-16 units). */
export type Token = { word: string; start: number; end: number; quoted: boolean };
export type Sentence = { tokens: Token[]; ended: boolean };

const elided = new Set(['l', 'd', 'j', 'qu', 'n', 's', 'm', 't', 'c', 'jusqu', 'lorsqu', 'puisqu', 'quoiqu', 'quelqu']);
const endings: Record<string, string> = { m: 'am', re: 'are', ll: 'will', ve: 'have', d: 'would' };
/** English negations as speech engines write them, with and without the apostrophe. */
const negated: Record<string, string[]> = {
  "can't": ['can', 'not'], cant: ['can', 'not'], cannot: ['can', 'not'], "won't": ['will', 'not'], wont: ['will', 'not'],
  dont: ['do', 'not'], doesnt: ['does', 'not'], didnt: ['did', 'not'], isnt: ['is', 'not'], arent: ['are', 'not'],
  shouldnt: ['should', 'not'], wouldnt: ['would', 'not'], couldnt: ['could', 'not'], "ain't": ['are', 'not'], aint: ['are', 'not'],
  im: ['i', 'am'], youre: ['you', 'are'], theyre: ['they', 'are'], lets: ['let', 'us'], "let's": ['let', 'us'],
  wanna: ['want', 'to'], gonna: ['going', 'to'], gotta: ['have', 'to'],
}; // prettier-ignore

/** The words that one run of letters stands for; each part is [word, offset, length] in folded units. */
function parts(run: string): [string, number, number][] {
  const opened = Object.hasOwn(negated, run) ? negated[run] : undefined;
  if (opened) return opened.map((word) => [word, 0, run.length]);
  const apostrophe = run.indexOf("'");
  if (apostrophe < 0 || run.startsWith("aujourd'")) return [[run.replaceAll("'", ''), 0, run.length]];
  const head = run.slice(0, apostrophe);
  const tail = run.slice(apostrophe + 1);
  if (tail === 't' && head.endsWith('n'))
    return [
      [head.slice(0, -1), 0, run.length],
      ['not', 0, run.length],
    ];
  if (elided.has(head)) {
    const rest =
      tail === ''
        ? []
        : parts(tail).map(([word, at, length]): [string, number, number] => [word, at + apostrophe + 1, length]);
    return [[head, 0, apostrophe + 1], ...rest];
  }
  if (tail === '') return [[head, 0, run.length]];
  const ending = Object.hasOwn(endings, tail) ? endings[tail] : undefined;
  return [
    [head, 0, apostrophe],
    [ending ?? (tail === 's' ? "'s" : tail), apostrophe, tail.length + 1],
  ];
}

/**
 * Cuts a text into sentences of words. A stop is `. ? !` or a line end, outside quotation marks, that does not stand
 * between two letters (so that `m.i.g` stays together). Commas and hyphens only separate words.
 */
export function sentencesOf(text: string): Sentence[] {
  const folded = fold(text);
  const quotes = folded.text.split('"').length - 1;
  const sentences: Sentence[] = [];
  let tokens: Token[] = [];
  let quotesSeen = 0;
  for (const found of folded.text.matchAll(
    /([\p{L}\p{N}@$€]+(?:[*][\p{L}]+)*(?:'[\p{L}]+)*'?)|([.?!…]+(?=$|[\s"')])|[?!…]+|\n+)|(")/gu,
  )) {
    const [, run, stop, quote] = found;
    if (quote) quotesSeen++;
    // An odd number of marks is a slip: nothing counts as quoted then.
    const quoted = quotes % 2 === 0 && quotesSeen % 2 === 1;
    if (run) {
      for (const [word, at, length] of parts(run)) {
        const first = found.index + at;
        tokens.push({
          word,
          start: folded.starts[first] ?? 0,
          end: folded.ends[first + length - 1] ?? text.length,
          quoted,
        });
      }
    }
    if (stop && !quoted && tokens.length > 0) {
      sentences.push({ tokens, ended: true });
      tokens = [];
    }
  }
  if (tokens.length > 0) sentences.push({ tokens, ended: false });
  return sentences;
}

/** The words of a lexicon entry, cut exactly as a transcript is. */
export function wordsOf(entry: string): string[] {
  return sentencesOf(entry).flatMap(({ tokens }) => tokens.map(({ word }) => word));
}
