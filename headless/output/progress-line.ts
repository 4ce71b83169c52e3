import type { Sink } from './output.ts';

export type ProgressLine = {
  /** Shows a text in place of the last one; null takes it away. Nothing happens where there is no terminal. */
  show(text: string | null): void;
  /** Takes the line away while something else is written, then puts it back. */
  around(write: () => void): void;
};

/** One line at the bottom of a terminal that is rewritten in place (carriage return, erase in line: ECMA-48 EL). */
export function createProgressLine(terminal: Sink): ProgressLine {
  let shown: string | null = null;
  const erase = () => {
    if (shown !== null) terminal.write('\r\u001b[K');
  };
  const draw = () => {
    // A line that wraps could not be taken back.
    if (shown !== null)
      terminal.write(`\u001b[2m${[...shown].slice(0, (terminal.columns ?? 80) - 1).join('')}\u001b[0m`);
  };
  return {
    show(text) {
      if (!terminal.isTTY || text === shown) return;
      erase();
      shown = text;
      draw();
    },
    around(write) {
      erase();
      write();
      draw();
    },
  };
}
