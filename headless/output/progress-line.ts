import type { Sink } from './output.ts';

export type ProgressLine = {
  /** Shows a text in place of the last one, and after it as much of the end of `newest` as fits; null takes it away. Nothing happens where there is no terminal. */
  show(text: string | null, newest?: string): void;
  /** Takes the line away while something else is written, then puts it back. */
  around(write: () => void): void;
};

/** One line at the bottom of a terminal that is rewritten in place (carriage return, erase in line: ECMA-48 EL). */
export function createProgressLine(terminal: Sink): ProgressLine {
  let shown: string | null = null;
  let tail = '';
  const erase = () => {
    if (shown !== null) terminal.write('\r\u001b[K');
  };
  const draw = () => {
    // A line that wraps could not be taken back.
    if (shown !== null) terminal.write(`\u001b[2m${fitted(shown, tail, (terminal.columns ?? 80) - 1)}\u001b[0m`);
  };
  return {
    show(text, newest = '') {
      if (!terminal.isTTY || (text === shown && newest === tail)) return;
      erase();
      shown = text;
      tail = newest;
      draw();
    },
    around(write) {
      erase();
      write();
      draw();
    },
  };
}

/** A text, and what is left of the width for the end of another: the newest words are what somebody waits for. */
export function fitted(text: string, newest: string, columns: number): string {
  const before = [...text];
  const after = [...newest];
  const left = columns - before.length - 2;
  if (after.length === 0 || left < 2) return before.slice(0, columns).join('');
  const end = after.length <= left ? after : ['…', ...after.slice(after.length - left + 1)];
  return `${text}  ${end.join('')}`;
}
