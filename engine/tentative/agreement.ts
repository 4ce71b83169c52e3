/**
 * Which words of a text that is heard again and again may be believed. Pure. LocalAgreement-2 (Liu, Spanakis, Niehues 2020, "Low-latency
 * sequence-to-sequence speech recognition and translation by partial hypothesis selection"; used for Whisper by Macháček, Dabre, Bojar
 * 2023, whisper_streaming): the longest beginning that two hearings in a row have in common.
 */
export type Agreed = { words: readonly string[]; stableCount: number };

export const wordsOf = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

/** @param before the words of the hearing before, of the same sound's beginning; null: there was none */
export function agree(before: readonly string[] | null, words: readonly string[]): Agreed {
  let stableCount = 0;
  const alike = (at: number) => before !== null && at < before.length && plain(before[at]) === plain(words[at]);
  while (stableCount < words.length && alike(stableCount)) stableCount += 1;
  return { words, stableCount };
}

/** A capital or a full stop that comes and goes is no change of mind. */
function plain(word = ''): string {
  return word.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '') || word;
}
