/** How often a platform may be asked, by all accounts together, and how long a block is waited out. Pure. */

/** One question in three seconds, so at most twenty a minute (spec: what observed clients were allowed without being blocked). */
export const spacingMs = 3_000;
export const perMinute = 60_000 / spacingMs;
/** A block is waited out, each one after another longer. */
const blockMs = [15, 30, 60, 120].map((minutes) => minutes * 60_000);
const longestBlockMs = 24 * 3_600_000;

/** Wall times (epoch ms), so that a restart neither bursts nor forgets a block. */
export type Budget = {
  lastAskedAt: number | null;
  /** Questions of the last minute. */
  recent: readonly number[];
  blockedUntil: number | null;
  blockReason: string | null;
  /** Blocks since the platform last answered: the next one lasts longer. */
  blocks: number;
};

export const freshBudget: Budget = { lastAskedAt: null, recent: [], blockedUntil: null, blockReason: null, blocks: 0 };

/** How long to wait before the next question, ms; `blocked` when a block is being waited out. A clock that was set back costs one spacing. */
export function waitFor(budget: Budget, now: number): { how: 'wait'; ms: number } | { how: 'blocked'; until: number } {
  const until = blockedUntil(budget, now);
  if (until !== null) return { how: 'blocked', until };
  if (budget.lastAskedAt === null) return { how: 'wait', ms: 0 };
  return { how: 'wait', ms: Math.min(spacingMs, Math.max(0, budget.lastAskedAt + spacingMs - now)) };
}

/** Until when a block is waited out; null when there is none (any more). */
export function blockedUntil(budget: Budget, now: number): number | null {
  return budget.blockedUntil !== null && budget.blockedUntil > now ? budget.blockedUntil : null;
}

/** A question is put now. */
export function spend(budget: Budget, now: number): Budget {
  const recent = [...budget.recent, now].filter((at) => at > now - 60_000 && at <= now);
  return { ...budget, lastAskedAt: now, recent };
}

/** The platform refused. Its own wish counts when it is longer than ours; a block already being waited out is not lengthened twice. */
export function blocked(budget: Budget, now: number, reason: string, retryAfterMs: number | null): Budget {
  if (blockedUntil(budget, now) !== null) return budget;
  const ours = blockMs[Math.min(budget.blocks, blockMs.length - 1)] ?? longestBlockMs;
  const ms = Math.min(longestBlockMs, Math.max(ours, retryAfterMs ?? 0));
  return { ...budget, blockedUntil: now + ms, blockReason: reason, blocks: budget.blocks + 1 };
}

/** The platform answered as it should: the next block begins short again. */
export function answered(budget: Budget): Budget {
  return budget.blocks === 0 ? budget : { ...budget, blockedUntil: null, blockReason: null, blocks: 0 };
}

/** So many captures go before somebody who only looks and has waited longer. */
const mostCapturesInARow = 3;

/**
 * Whose turn it is, as an index; `waiting` in order of arrival, not empty. A capture without an address loses sound every second, a look only
 * comes later, so captures go first; one turn in four stays with the others, so that a platform that fails many lives does not end detection.
 */
export function nextTurn(waiting: readonly { forCapture: boolean }[], capturesInARow: number): number {
  const capture = waiting.findIndex(({ forCapture }) => forCapture);
  const other = waiting.findIndex(({ forCapture }) => !forCapture);
  if (capture === -1 || (other !== -1 && capturesInARow >= mostCapturesInARow)) return Math.max(0, other);
  return capture;
}
