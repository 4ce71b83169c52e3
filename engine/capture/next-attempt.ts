import { isVigieError } from '#shared/errors.ts';
import type { Clock } from '../base/clock.ts';
import type { Net } from '../net/net.ts';
import type { CaptureLimits } from './options.ts';
import type { SessionEnd } from './session.ts';
import { isLinkDown, retryAfterOf } from './verdicts.ts';

/**
 * Milliseconds until the next attempt, given the backoff's. A stall was waited out already; a server that asks for patience gets it; while
 * this machine has no way out, trying costs nobody anything.
 */
export function delayBefore(
  end: SessionEnd,
  backoffMs: number,
  limits: Pick<CaptureLimits, 'linkRetryMs' | 'retryAfterMaxMs'>,
): number {
  if (end.how === 'stalled') return Math.max(0, backoffMs - end.quietMs);
  if (end.how !== 'failed') return backoffMs;
  if (isVigieError(end.error, 'timed-out')) return Math.max(0, backoffMs - end.error.data.limitMs);
  const askedMs = retryAfterOf(end.error);
  if (askedMs !== null) return Math.max(backoffMs, Math.min(askedMs, limits.retryAfterMaxMs));
  return isLinkDown(end.error) ? Math.min(backoffMs, limits.linkRetryMs) : backoffMs;
}

/** Waits for the next attempt; a network that comes up ends the wait, unless the server asked for it. */
export async function waitForTurn(given: {
  delayMs: number;
  end: SessionEnd;
  clock: Clock;
  net: Net;
  signal: AbortSignal;
}): Promise<void> {
  const { clock, delayMs, end, signal } = given;
  const asked = end.how === 'failed' && retryAfterOf(end.error) !== null;
  if (asked || delayMs === 0) return clock.delay(delayMs, signal);
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  const settled = (wait: Promise<void>) =>
    wait.catch((error: unknown) => {
      if (signal.aborted || !over.signal.aborted) throw error;
    });
  try {
    await Promise.race([settled(clock.delay(delayMs, either)), settled(given.net.linkUp(either))]);
  } finally {
    over.abort(new Error('the wait is over'));
  }
}
