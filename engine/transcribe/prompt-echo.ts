/**
 * A recogniser given a glossary sometimes reads it out over sound it does not understand. A text that merely repeats the glossary is
 * therefore believed only when the same sound, heard without it, says something close. Pure; the engine does the hearing.
 */
import { plainText } from './credits.ts';
import { mostPromptCharacters } from './protocol/messages.ts';

/** This many words of the glossary in a row are suspicious inside a longer piece too. */
const suspiciousRun = 4;
/** Share of letters that may differ between what was read out and what was heard without the glossary: room for another spelling. */
const mostDifferent = 0.45;

/** As much of a glossary as a worker takes, cut between two words; undefined for an empty one. */
export function boundedPrompt(prompt: string | undefined): string | undefined {
  const whole = prompt?.replace(/\s+/g, ' ').trim() ?? '';
  if (whole.length <= mostPromptCharacters) return whole || undefined;
  const cut = whole.slice(0, mostPromptCharacters + 1);
  const end = cut.lastIndexOf(' ');
  return end > 0 ? cut.slice(0, end) : undefined;
}

/** Stretches of the pieces that may have been read from the prompt: whole pieces, and runs of four words and more. */
export function promptRuns(pieces: readonly { text: string }[], prompt: string): string[] {
  const expected = wordsOf(prompt);
  return pieces.flatMap(({ text }) => {
    const words = wordsOf(text);
    const runs: string[] = [];
    for (let at = 0; at < words.length;) {
      const length = longestRun(words.slice(at), expected);
      if (length >= suspiciousRun || (length > 0 && length === words.length)) {
        runs.push(words.slice(at, at + length).join(' '));
      }
      at += Math.max(1, length);
    }
    return runs;
  });
}

/** Whether every run is also in the text that was heard without the prompt, spelt alike or nearly so. */
export function heardWithout(runs: readonly string[], text: string): boolean {
  const said = lettersOf(text);
  return runs.every((run) => {
    const letters = lettersOf(run);
    return distanceWithin(letters, said) <= mostDifferent * letters.length;
  });
}

const wordsOf = (text: string) =>
  plainText(text)
    .split(' ')
    .filter((word) => word !== '');
const lettersOf = (text: string) => plainText(text).replaceAll(' ', '');

/** Length of the longest start of `words` that stands somewhere in `expected`. */
function longestRun(words: readonly string[], expected: readonly string[]): number {
  let best = 0;
  for (let from = 0; from < expected.length; from++) {
    let length = 0;
    while (length < words.length && words[length] === expected[from + length]) length++;
    best = Math.max(best, length);
  }
  return best;
}

/** Edits that turn `part` into the stretch of `whole` nearest to it (Sellers 1980: approximate matching anywhere in a text). */
function distanceWithin(part: string, whole: string): number {
  let row = Array.from({ length: whole.length + 1 }, () => 0);
  for (let i = 1; i <= part.length; i++) {
    const next = [i];
    for (let j = 1; j <= whole.length; j++) {
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (part[i - 1] === whole[j - 1] ? 0 : 1)),
      );
    }
    row = next;
  }
  return Math.min(...row);
}
