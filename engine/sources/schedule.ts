/** When an account is asked about next. Pure; the budget decides whether there is room then. */
import type { PresenceReason, WatchState } from '#shared/model/watch.ts';
import { spacingMs } from './budget.ts';

/** What one look at an account costs on average, in questions: mostly the page alone, sometimes a second one. */
const questionsPerLook = 1.2;
const shortestMs = 45_000;
const longestMs = 2 * 3_600_000;
/** A live that is being heard is looked at for its title and its audience. */
const heardMs = 5 * 60_000;
/** How far an account's usual hour reaches. */
const usualWithinMs = 45 * 60_000;
const dayMs = 86_400_000;

export type Situation = {
  /** Accounts that share the budget. */
  accounts: number;
  state: WatchState;
  reason: PresenceReason;
  /** Looks in a row that failed. */
  failures: number;
  /** 0 urgent, 1 normal, 2 low. */
  priority: number;
  /** Its live is being captured. */
  heard: boolean;
  /** Epoch ms at which its lives began, the last ones. */
  starts: readonly number[];
  now: number;
};

/** @param random 0 <= x < 1, so that accounts do not march in step @returns ms until the next look */
export function nextLookMs(given: Situation, random: number): number {
  const jitter = 0.85 + 0.3 * random;
  return Math.round(Math.min(longestMs, Math.max(shortestMs, baseMs(given)) * jitter));
}

function baseMs(given: Situation): number {
  const { state, reason, failures } = given;
  const fairMs = Math.max(shortestMs, given.accounts * questionsPerLook * spacingMs);
  if (failures > 0) return Math.min(30 * 60_000, fairMs * 2 ** Math.min(failures, 10));
  if (given.heard) return Math.max(fairMs, heardMs);
  // What only its owner can change is asked about seldom.
  if (reason === 'no-such-account') return Math.max(fairMs, 60 * 60_000);
  if (state === 'prive' || state === 'restreint') return Math.max(fairMs, 15 * 60_000);
  const byPriority = fairMs * ([0.5, 1, 2][given.priority] ?? 1);
  return isUsualHour(given) ? byPriority * 0.5 : byPriority;
}

/** Whether lives of this account have begun around this time of the day at least twice. */
export function isUsualHour({ starts, now }: Pick<Situation, 'starts' | 'now'>): boolean {
  const near = starts.filter((at) => {
    const apart = Math.abs(((now - at) % dayMs) + dayMs) % dayMs;
    return Math.min(apart, dayMs - apart) <= usualWithinMs;
  });
  return near.length >= 2;
}
