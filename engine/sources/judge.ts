/** What an answer of the platform changes in what is known of an account. Pure. */
import type { PresenceReason, WatchState } from '#shared/model/watch.ts';
import type { Presence } from './resolver.ts';

export type Known = {
  state: WatchState;
  reason: PresenceReason;
  stateSince: number;
  /** Answers in a row that say that the live is over. */
  endedAnswers: number;
  /** Looks in a row from which nothing was learned. */
  failures: number;
};

/** Answers in a row that end a live: one may be a cache that has not heard of it yet. */
export const endedAnswersNeeded = 2;

/**
 * @returns what is known from now on, and what happened: `started` when the account goes on air, `ended` when it is off air beyond doubt.
 * A refusal, or a network that failed, never ends a live and never makes an account `hors_ligne`.
 */
export function judge(
  known: Known,
  said: Pick<Presence, 'state' | 'reason' | 'problem'>,
  now: number,
): { known: Known; happened: 'started' | 'ended' | null } {
  const become = (state: WatchState, reason: PresenceReason): Known => ({
    state,
    reason,
    stateSince: state === known.state ? known.stateSince : now,
    endedAnswers: 0,
    failures: 0,
  });
  const nothingLearned = said.state === 'bloque' || said.reason === 'unreachable' || said.problem !== null;
  if (nothingLearned) {
    // Our own network failed, or the platform refuses: what was known of a live on air still stands until somebody can tell.
    const keeps = said.problem !== null || said.reason === 'unreachable' || known.state === 'en_ligne';
    const state = keeps ? known.state : 'bloque';
    return {
      known: {
        ...become(state, keeps ? known.reason : said.reason),
        endedAnswers: known.endedAnswers,
        failures: known.failures + 1,
      },
      happened: null,
    };
  }
  if (said.state === 'en_ligne') {
    return { known: become('en_ligne', said.reason), happened: known.state === 'en_ligne' ? null : 'started' };
  }
  if (known.state !== 'en_ligne') return { known: become(said.state, said.reason), happened: null };
  const endedAnswers = known.endedAnswers + 1;
  if (endedAnswers < endedAnswersNeeded) return { known: { ...known, endedAnswers, failures: 0 }, happened: null };
  return { known: become(said.state, said.reason), happened: 'ended' };
}
