import { VigieError } from '#shared/errors.ts';
import type { OpenableSource } from './feed.ts';

/** Bytes piped into the command line: they come once, and end when the pipe does. Rejects with `source-empty`. */
export function stdinSource(stdin: AsyncIterable<Uint8Array> | undefined): OpenableSource {
  return {
    label: '-',
    reopens: false,
    async open(signal) {
      if (!stdin) throw new VigieError('source-not-found', { source: '-' });
      const pieces = stdin[Symbol.asyncIterator]();
      const first = await pieces.next();
      if (first.done) throw new VigieError('source-empty', { source: '-' });
      const items = (async function* () {
        yield first.value;
        for (;;) {
          signal.throwIfAborted();
          const next = await pieces.next();
          if (next.done) return;
          yield next.value;
        }
      })();
      return { kind: 'on-demand', durationMs: null, targetDurationMs: null, items };
    },
  };
}
