/** Whose sound is written down next. Pure: what waits and what was done last in, one choice out. */

export type Lane = 'live' | 'backfill';

/** What waits of one live in one lane. */
export type Waiting = {
  liveId: string;
  lane: Lane;
  /** 0 urgent, 1 normal, 2 low. */
  priority: number;
  /** Highest score lately, basis points; an open alert counts as 10 000. */
  riskBp: number;
  /** When the sound that waits longest was cut, epoch ms. */
  since: number;
};

/** While the live lane is never empty, every fifth turn is one of the backfill lane: late is allowed, never is not. */
export const liveTurnsInARow = 4;

const allowanceOfPriority = [0, 5_000, 15_000] as const;
const riskHeadStartMs = 5_000;
/** Nobody is ever let past anybody who came this much earlier in the same lane. */
export const longestAllowanceMs = allowanceOfPriority[2];

/**
 * How long the sound may have waited before it counts as late, ms: what matters more is allowed less. A live at the threshold of the
 * high band (0.7) or with an open alert gets the head start of one step of priority in full.
 */
export function allowanceMs({ priority, riskBp }: Pick<Waiting, 'priority' | 'riskBp'>): number {
  const base = allowanceOfPriority[Math.min(2, Math.max(0, priority))] ?? longestAllowanceMs;
  return Math.max(0, base - Math.round(riskHeadStartMs * Math.min(1, Math.max(0, riskBp) / 7000)));
}

/**
 * Earliest due date first (Liu and Layland 1973, "deadline driven scheduling") within a lane, where a due date is the time of waiting
 * plus the allowance: as the date of what waits never moves, only sound cut within `longestAllowanceMs` after it can ever go before
 * it. Between the lanes the live one goes first, `liveTurnsInARow` times at most while the other waits.
 * @param liveTurns turns of the live lane since the last one of the backfill lane
 */
export function nextTurn(waiting: readonly Waiting[], liveTurns: number): Waiting | null {
  const first = (lane: Lane) =>
    waiting
      .filter((each) => each.lane === lane)
      .reduce<Waiting | null>((best, each) => (best === null || dueBefore(each, best) ? each : best), null);
  const live = first('live');
  const backfill = first('backfill');
  if (live === null || backfill === null) return live ?? backfill;
  return liveTurns >= liveTurnsInARow ? backfill : live;
}

function dueBefore(a: Waiting, b: Waiting): boolean {
  const dueA = a.since + allowanceMs(a);
  const dueB = b.since + allowanceMs(b);
  return dueA < dueB || (dueA === dueB && (a.since < b.since || (a.since === b.since && a.liveId < b.liveId)));
}
