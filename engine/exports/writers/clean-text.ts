/**
 * What must never reach a reader's file as it is: control characters, bidirectional overrides and isolates (they make a
 * line read differently from what it says), invisible tag letters outside a flag emoji, private-use and non-characters,
 * halves of surrogate pairs.
 */
// oxlint-disable-next-line no-control-regex
const unsafe =
  /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufff0-\uffff\ufdd0-\ufdef]|(?<!\u{1f3f4}[\u{e0020}-\u{e007f}]*)[\u{e0000}-\u{e007f}]|\p{Co}|\p{Cs}|\p{Noncharacter_Code_Point}/gu;
const lineBreaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

function codeOf(character: string): string {
  return `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
}

/** One line of `text` with every unsafe character shown as `[U+202E]`: nothing is hidden, nothing acts. */
export function showUnsafe(text: string): string {
  return text
    .replace(lineBreaks, ' ')
    .replaceAll('\ufeff', '')
    .replace(unsafe, (character) => (character === '\ufffd' ? character : codeOf(character)));
}

/** One line of `text` without its unsafe characters, for formats with no room to explain (subtitles, file names). */
export function dropUnsafe(text: string): string {
  return text
    .replace(lineBreaks, ' ')
    .replaceAll('\ufeff', '')
    .replace(unsafe, (character) => (character === '\ufffd' ? character : ''));
}
