import type { Clock } from '../../base/clock.ts';

/** How long before the end of an address a new one is asked for, ms; or at half of its life, whichever is later. */
const leadMs = 120_000;
const shortestWaitMs = 5_000;
/** Looked at again this often: a timer holds no more than 24 days, and the wall clock may be set meanwhile. */
const longestWaitMs = 6 * 3_600_000;

/**
 * Asks for a new address before the one in use ends: `renew` answers when that one ends in turn, null when nothing was learned. Then
 * it is tried again at half of what is left, until nothing is. @returns stops it
 */
export function startRenewal(by: {
  clock: Clock;
  expiresAt: number | null;
  renew(): Promise<number | null>;
  onDefect(error: unknown): void;
}): () => void {
  let stopped = false;
  let cancel = () => {};
  const plan = (expiresAt: number | null, again: boolean) => {
    if (expiresAt === null || stopped) return;
    const leftMs = expiresAt - by.clock.now();
    if (leftMs <= 0) return;
    const waitMs = again ? leftMs / 2 : Math.max(leftMs - leadMs, leftMs / 2);
    if (waitMs > longestWaitMs) {
      cancel = by.clock.schedule(longestWaitMs, () => plan(expiresAt, again));
      return;
    }
    cancel = by.clock.schedule(Math.max(shortestWaitMs, waitMs), () => {
      by.renew().then(
        (next) => plan(next ?? expiresAt, next === null),
        (error: unknown) => by.onDefect(error),
      );
    });
  };
  plan(by.expiresAt, false);
  return () => {
    stopped = true;
    cancel();
  };
}
