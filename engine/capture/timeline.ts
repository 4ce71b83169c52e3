import type { Clock } from '../base/clock.ts';

/** Where a live is on its timeline, by the clock. */
export type Timeline = {
  /** Ms since position 0, undisturbed by steps of the wall clock. */
  offsetMs(): number;
  /** To be called about twice a second while sound flows or is waited for. */
  watch(): void;
  /** A connection was lost, or is there again: true when the machine slept meanwhile, whose time then counts. */
  takeSuspension(): boolean;
};

const jumpMs = 5_000;
/** A connection that still gives sound this long after the wall clock jumped shows that the machine did not sleep. */
const proofMs = 15_000;

/**
 * Wall time may jump because the machine slept (the time counts, the connection is dead) or because somebody set the clock (nothing
 * happened). What the connection does next tells the two apart.
 */
export function createTimeline(clock: Clock, startedAt: number): Timeline {
  const startOffset = Math.max(0, clock.now() - startedAt);
  const startMonotonic = clock.monotonicMs();
  let sleptMs = 0;
  let ignoredMs = clock.now() - startedAt - startOffset;
  let jump: { ms: number; atMs: number } | null = null;
  let watchedAt = startMonotonic;
  let slept = false;

  const offsetMs = () => Math.round(startOffset + clock.monotonicMs() - startMonotonic + sleptMs);
  const unexplainedMs = () => clock.now() - startedAt - offsetMs() - ignoredMs;
  return {
    offsetMs,
    watch() {
      const monotonic = clock.monotonicMs();
      // Where the monotonic clock runs on during sleep, a missed watch shows it.
      if (monotonic - watchedAt >= 2 * jumpMs) slept = true;
      watchedAt = monotonic;
      const ms = unexplainedMs();
      if (Math.abs(ms) < jumpMs) {
        // Slow drift between the two clocks is no jump.
        ignoredMs += ms;
        jump = null;
        return;
      }
      jump = jump && Math.abs(jump.ms - ms) < jumpMs ? jump : { ms, atMs: monotonic };
      if (ms > 0 && monotonic - jump.atMs < proofMs) return;
      ignoredMs += ms;
      jump = null;
      slept = false;
    },
    takeSuspension() {
      const ms = unexplainedMs();
      const suspended = slept || ms >= jumpMs;
      if (ms >= jumpMs) sleptMs += ms;
      jump = null;
      slept = false;
      watchedAt = clock.monotonicMs();
      return suspended;
    },
  };
}
