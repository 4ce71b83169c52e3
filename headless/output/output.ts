import type { VigieError } from '#shared/errors.ts';
import type { Say } from '../i18n/index.ts';
import { errorEvent, errorSentence } from './error-sentence.ts';
import type { OutputEvent } from './events.ts';
import { jsonLine } from './json-lines.ts';
import { linesFor } from './lines.ts';
import { createProgressLine } from './progress-line.ts';
import { type Style, styleFor } from './style.ts';

/** The part of a stream that the output needs. */
export type Sink = { write(text: string): unknown; isTTY?: boolean; columns?: number };

export type Output = {
  say: Say;
  /** Colours for what a command words itself; plain when standard output is not a terminal. */
  style: Style;
  json: boolean;
  /** Says what happened on standard output: JSON, or the lines a person reads. */
  event(event: OutputEvent): void;
  /** A line for a person on standard output; nothing with --json. */
  line(text?: string): void;
  /** A line beside the result, on standard error. */
  notice(text: string): void;
  /** The line that is rewritten in place, on standard error and only on a terminal; null takes it away. Of `newest` the end is shown. */
  progress(text: string | null, newest?: string): void;
  /** A failure: one sentence on standard error, or one line of JSON on standard output. `extra` only with JSON. */
  failure(error: VigieError, extra?: Record<string, unknown>): void;
};

export type OutputOptions = {
  stdout: Sink;
  stderr: Sink;
  env: Record<string, string | undefined>;
  say: Say;
  json: boolean;
};

export function createOutput({ stdout, stderr, env, say, json }: OutputOptions): Output {
  const style = json ? styleFor({ isTTY: false }, { NO_COLOR: '1' }) : styleFor(stdout, env);
  const progress = createProgressLine(stderr);
  const write = (sink: Sink, text: string) => progress.around(() => sink.write(`${text}\n`));
  return {
    say,
    style,
    json,
    event(event) {
      const lines = json ? [jsonLine(event)] : linesFor(event, { say, style, locale: say.locale });
      if (lines.length > 0) write(stdout, lines.join('\n'));
    },
    line(text = '') {
      if (!json) write(stdout, text);
    },
    notice: (text) => write(stderr, text),
    progress: (text, newest) => progress.show(text, newest),
    failure(error, extra) {
      if (json) write(stdout, jsonLine({ ...errorEvent(error, say), ...extra }));
      else write(stderr, styleFor(stderr, env).bad(`✗ ${errorSentence(error, say)}`));
    },
  };
}
