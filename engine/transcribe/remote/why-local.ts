/** Whether one sound may leave this laptop to be written down. Pure. */
import type { LocalReason } from '#shared/model/system.ts';

/**
 * Why a sound stays here; null when it may go. Everything must say yes: the person switched it on, the network is on, the case the live
 * belongs to carries consent, the day's budget has room for the whole sound, and the server is not being left in peace.
 */
export function whyLocal(given: {
  enabled: boolean;
  network: boolean;
  consent: boolean;
  /** Sound sent today, and the most that may be, ms. */
  spentMs: number;
  budgetMs: number;
  soundMs: number;
  /** After a failure the server is not asked before this (epoch ms). */
  restUntil: number;
  now: number;
}): LocalReason | null {
  if (!given.enabled) return 'off';
  if (!given.network) return 'network-off';
  if (!given.consent) return 'no-consent';
  if (given.spentMs + given.soundMs > given.budgetMs) return 'budget';
  if (given.now < given.restUntil) return 'resting';
  return null;
}

const firstRestMs = 30_000;
const longestRestMs = 30 * 60_000;

/** How long a server is left in peace after `failures` in a row; its own wish counts when it is longer. */
export function restMs(failures: number, retryAfterMs: number | null): number {
  const grown = Math.min(longestRestMs, firstRestMs * 2 ** Math.max(0, Math.min(20, failures - 1)));
  return Math.max(grown, Math.min(24 * 3_600_000, retryAfterMs ?? 0));
}
