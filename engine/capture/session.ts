import { isVigieError, type VigieError } from '#shared/errors.ts';
import type { Clock } from '../base/clock.ts';
import type { Decoder } from './decoder.ts';
import { DiskRefusal } from './disk-trouble.ts';
import { createVitals } from './vitals.ts';
import { type Feed, type FeedBreak, type FeedItem, isBreak } from './source/feed.ts';

/**
 * How one connection ended. `complained`: ffmpeg passed over parts that it could not read. `pictures`: there were some, too.
 * `stalled`: nothing was heard for `quietMs`, because the source gave nothing or because ffmpeg stood still.
 * `decoder`: ffmpeg gave up on what it was given. `disk`: the disk took no sound for too long.
 */
export type SessionEnd =
  | { how: 'ended'; complained: boolean; pictures: boolean }
  | { how: 'stalled'; by: 'source' | 'decoder'; quietMs: number }
  | { how: 'disk' }
  | { how: 'decoder'; detail: string }
  | { how: 'failed'; error: VigieError };

export type SessionHands = {
  feed: Feed;
  startDecoder(): Decoder;
  clock: Clock;
  /** No sound for this long while the source is waited for is a stall. */
  stallMs: number;
  /** Stop, pause. The session ends by rejecting with the signal's reason. */
  signal: AbortSignal;
  /** First bytes of this connection. */
  onBytes(): void;
  /** A new run begins (also before the first one when the feed says so). */
  onBreak(run: FeedBreak): void;
  onSound(pcm: Uint8Array, durationMs: number | null): Promise<void>;
  /** The container's clock moves on (or back) before the next sound. */
  onJump(jumpMs: number): Promise<void>;
  onRunEnd(): Promise<void>;
  /** Twice a second while the session lasts. */
  onTick(): void;
  /** Nothing has come for `stallMs`, `by` whose fault: true ends the session, false goes on waiting. */
  onQuiet(by: 'source' | 'decoder', starved: boolean): boolean;
};

const tickMs = 500;

/** Plays one feed through decoders, one per continuous run, until it ends, breaks or stalls. */
export async function runSession(hands: SessionHands): Promise<SessionEnd> {
  const items = hands.feed.items[Symbol.asyncIterator]();
  const halt = new AbortController();
  const signal = AbortSignal.any([hands.signal, halt.signal]);
  let decoder: Decoder | null = null;
  signal.addEventListener('abort', () => decoder?.kill(), { once: true });

  let waitingSince: number | null = hands.clock.monotonicMs();
  let starved = true;
  let stalled: Extract<SessionEnd, { how: 'stalled' }> | null = null;
  const vitals = createVitals(hands.clock);
  let cancelTick = () => {};
  const tick = () => {
    hands.onTick();
    if (decoder) vitals.look(decoder.seen());
    const quietMs = waitingSince === null ? 0 : hands.clock.monotonicMs() - waitingSince;
    const by = vitals.isDecoderStill() ? 'decoder' : 'source';
    if (quietMs >= hands.stallMs && hands.onQuiet(by, starved)) {
      stalled = { how: 'stalled', by, quietMs };
      halt.abort(new Error('stalled'));
      return;
    }
    cancelTick = hands.clock.schedule(tickMs, tick);
  };
  cancelTick = hands.clock.schedule(tickMs, tick);

  let outage: VigieError | null = null;
  let heardBytes = 0;
  let lastComplaint = '';
  let complained = false;
  let pictures = false;

  /** The next item, or null at the end; an outage ends the feed after what it delivered. */
  const next = async (): Promise<FeedItem | null> => {
    starved = true;
    try {
      const result = await abortable(items.next(), signal);
      return result.done ? null : result.value;
    } catch (error) {
      if (signal.aborted || !isVigieError(error)) throw error;
      outage = error;
      return null;
    } finally {
      starved = false;
    }
  };

  /** Feeds one decoder until its run ends; answers the break that follows, null at the end of the feed. */
  const pump = async (into: Decoder, first: Uint8Array): Promise<FeedBreak | null> => {
    for (let item: FeedItem | null = first; item !== null; item = await next()) {
      if (isBreak(item)) return item;
      const taken = into.write(item);
      vitals.gave(item.length, taken);
      if (!(await abortable(taken, signal))) return null;
    }
    return null;
  };

  const play = async (first: Uint8Array): Promise<{ after: FeedBreak | null; failure: string | null }> => {
    const current = hands.startDecoder();
    decoder = current;
    const pumped = pump(current, first).finally(() => current.end());
    pumped.catch(() => undefined);
    for await (const item of current.sound) {
      waitingSince = null;
      if (item instanceof Uint8Array) await hands.onSound(item, current.durationMs());
      else await hands.onJump(item.jumpMs);
      waitingSince = hands.clock.monotonicMs();
    }
    signal.throwIfAborted();
    const end = await current.finished;
    const after = await pumped;
    decoder = null;
    await hands.onRunEnd();
    heardBytes += end.heardBytes;
    complained ||= end.complained;
    pictures ||= end.pictures;
    return { after, failure: end.failure };
  };

  try {
    let item = await next();
    if (item !== null) hands.onBytes();
    while (item !== null) {
      if (isBreak(item)) {
        hands.onBreak(item);
        item = await next();
        continue;
      }
      const { after, failure } = await play(item);
      if (failure !== null) {
        lastComplaint = failure;
        // A run without sound between two others is passed over; the last one says how the feed ended.
        if (after === null && outage === null) return { how: 'decoder', detail: failure };
      }
      item = after;
    }
    if (outage !== null) return { how: 'failed', error: outage };
    return heardBytes === 0 && lastComplaint !== ''
      ? { how: 'decoder', detail: lastComplaint }
      : { how: 'ended', complained, pictures };
  } catch (error) {
    if (stalled) return stalled;
    if (hands.signal.aborted) throw hands.signal.reason;
    if (error instanceof DiskRefusal) return { how: 'disk' };
    if (isVigieError(error)) return { how: 'failed', error };
    throw error;
  } finally {
    cancelTick();
    halt.abort(new Error('session over'));
    // The feed may be waiting for its source: it is told to finish, not waited for.
    void Promise.resolve(items.return?.()).catch(() => undefined);
  }
}

/** The promise, or the signal's reason as soon as it is aborted. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      promise.catch(() => undefined);
      reject(signal.reason);
      return;
    }
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
