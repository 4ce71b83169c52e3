import type { FeedEvent, Pulse } from '#shared/model/fact.ts';
import type { Journal } from './journal.ts';

/** More than this many missed facts are not replayed: the reader takes a fresh snapshot instead. */
export const replayLimit = 2000;
const pageSize = 200;

export type Feed = {
  /** Facts after `after` (null: from now on), then live ones, pulses between them; ends when `signal` aborts. */
  subscribe(after: number | null, signal?: AbortSignal): AsyncGenerator<FeedEvent, void, void>;
  /** Shows the newest figures of a capture to whoever reads; never stored. */
  pulse(pulse: Pulse): void;
  close(): void;
};

/**
 * Snapshot, catch up, live. A reader holds only its cursor and the newest pulse of each live: facts wait in the journal, so a
 * slow reader costs no memory and loses nothing.
 */
export function createFeed(journal: Journal): Feed {
  const readers = new Set<{ wake(): void; pulses: Map<string, Pulse> }>();
  let closed = false;
  const wakeAll = () => {
    for (const reader of readers) reader.wake();
  };
  const unsubscribe = journal.onAppend(wakeAll);

  return {
    async *subscribe(after, signal) {
      let woken = Promise.withResolvers<void>();
      const reader = { wake: () => woken.resolve(), pulses: new Map<string, Pulse>() };
      readers.add(reader);
      signal?.addEventListener('abort', reader.wake, { once: true });
      try {
        const head = journal.head().seq;
        let cursor = after ?? head;
        if (cursor > head || head - cursor > replayLimit) {
          cursor = head;
          yield { type: 'behind', seq: head };
        }
        let caughtUp = false;
        while (!signal?.aborted && !closed) {
          woken = Promise.withResolvers<void>();
          const facts = journal.after(cursor, pageSize);
          for (const fact of facts) {
            yield { type: 'fact', fact };
            cursor = fact.seq;
          }
          if (facts.length === pageSize) continue;
          if (!caughtUp) {
            caughtUp = true;
            yield { type: 'caught-up', seq: cursor };
          }
          const pulses = [...reader.pulses.values()];
          reader.pulses.clear();
          for (const pulse of pulses) yield { type: 'pulse', pulse };
          if (journal.head().seq === cursor && reader.pulses.size === 0) await woken.promise;
        }
      } finally {
        readers.delete(reader);
        signal?.removeEventListener('abort', reader.wake);
      }
    },
    pulse(pulse) {
      for (const reader of readers) {
        reader.pulses.set(pulse.liveId, pulse);
        reader.wake();
      }
    },
    close() {
      closed = true;
      unsubscribe();
      wakeAll();
    },
  };
}
