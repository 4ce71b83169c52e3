/** A segment given to the decoder: how much had been heard by then, and what was missing before it, ms. */
export type Delivered = { sequence: number; durationMs: number; heardMs: number; missedMs: number };

/** Where to go on: the segment whose end was not heard, how much of it was, and what was missing before it and never declared. */
export type Unheard = { sequence: number; againMs: number; missedMs: number };

/** Lists round their lengths, and a decoder keeps a packet or two. */
const toleranceMs = 250;
/** Lengths as listed and as heard drift apart over hours: only the last segments are compared. */
const remembered = 16;

/** What was given to decoders lately, so that what they died with can be asked for again. Pure. */
export function createDelivered(): {
  add(segment: Delivered): void;
  /** Compares what was given with what was heard, and forgets it. null: nothing is missing. */
  settle(heardMs: number): Unheard | null;
} {
  let last: Delivered[] = [];
  return {
    add(segment) {
      last = [...last, segment].slice(-remembered);
    },
    settle(heardMs) {
      const given = last;
      last = [];
      // Seen from each segment on: what was given since, less what was heard since. A decoder that kept up is right from the last one
      // before it stopped; one that never did, from the first.
      let sinceMs = 0;
      let unheardMs = 0;
      for (const segment of given.toReversed()) {
        sinceMs += segment.durationMs;
        unheardMs = Math.max(unheardMs, sinceMs - (heardMs - segment.heardMs));
      }
      if (unheardMs < toleranceMs) return null;
      for (const segment of given.toReversed()) {
        if (unheardMs <= segment.durationMs + toleranceMs) {
          const againMs = Math.max(0, segment.durationMs - unheardMs);
          return { sequence: segment.sequence, againMs, missedMs: againMs > 0 ? 0 : segment.missedMs };
        }
        unheardMs -= segment.durationMs;
      }
      const first = given[0];
      return first ? { sequence: first.sequence, againMs: 0, missedMs: first.missedMs } : null;
    },
  };
}
