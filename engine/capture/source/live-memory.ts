import { VigieError } from '#shared/errors.ts';
import type { Feed } from './feed.ts';
import type { Peeked } from './peek.ts';

/** What a live of unknown length showed before. `head`: its first bytes; `attempts`: vain ones since it ended by itself. */
export type LiveMemory = { head: Uint8Array | null; endedCleanly: boolean; attempts: number };

/** A source that has nothing more to say. */
export const nothingMore = (): Feed => ({
  kind: 'live',
  durationMs: null,
  targetDurationMs: null,
  items: (async function* () {})(),
});

/**
 * A connection of unknown length. A server that closes it in good order may have ended or restarted: the feed then fails as an outage
 * does, and the next connection tells. The same first bytes again mean that it is a file sent without its length: it is over if it had
 * ended, and is taken up where it broke otherwise.
 */
export function liveFeed(memory: LiveMemory, peeked: Peeked, host: string): Feed {
  const before = memory.head;
  if (peeked.head.length === 0 && before !== null) {
    peeked.discard();
    memory.attempts += 1;
    if (memory.endedCleanly && memory.attempts >= 3) return nothingMore();
    throw new VigieError('network-failed', { host, detail: 'no-bytes' });
  }
  const again = before !== null && Buffer.compare(before, peeked.head) === 0;
  if (again && memory.endedCleanly) {
    peeked.discard();
    return nothingMore();
  }
  if (again) return { kind: 'on-demand', durationMs: null, targetDurationMs: null, items: peeked.bytes };
  memory.head = peeked.head;
  memory.endedCleanly = false;
  memory.attempts = 0;
  const items = (async function* () {
    yield* peeked.bytes;
    memory.endedCleanly = true;
    throw new VigieError('network-failed', { host, detail: 'stream-ended' });
  })();
  return { kind: 'live', durationMs: null, targetDurationMs: null, items };
}
