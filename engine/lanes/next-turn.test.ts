import { expect, test } from 'vitest';
import { seededRandom } from '../../tests/support/seeded-random.ts';
import { allowanceMs, liveTurnsInARow, longestAllowanceMs, nextTurn, type Waiting } from './next-turn.ts';

const live = (liveId: string, since: number, over: Partial<Waiting> = {}): Waiting => ({
  liveId,
  lane: 'live',
  priority: 1,
  riskBp: 0,
  since,
  ...over,
});
const late = (liveId: string, since: number, over: Partial<Waiting> = {}) =>
  live(liveId, since, { lane: 'backfill', ...over });

test.each<[string, Waiting[], number, string | null]>([
  ['nothing waits', [], 0, null],
  ['what waits longest', [live('a', 2000), live('b', 1000)], 0, 'b'],
  ['what is urgent, before what waits a little longer', [live('a', 1000), live('b', 5000, { priority: 0 })], 0, 'b'],
  ['but not before what waits much longer', [live('a', 1000), live('b', 7000, { priority: 0 })], 0, 'a'],
  ['what is at risk', [live('a', 1000), live('b', 5000, { riskBp: 7000 })], 0, 'b'],
  ['a little risk, a little head start', [live('a', 1000), live('b', 5000, { riskBp: 1400 })], 0, 'a'],
  ['low priority last', [live('a', 1000, { priority: 2 }), live('b', 9000)], 0, 'b'],
  ['low priority before what came long after', [live('a', 1000, { priority: 2 }), live('b', 12_000)], 0, 'a'],
  ['the live lane before the backfill', [late('a', 0), live('b', 90_000)], 0, 'b'],
  ['the backfill when nothing is live', [late('a', 0)], 0, 'a'],
  ['the backfill now and then', [late('a', 0), live('b', 90_000)], liveTurnsInARow, 'a'],
  ['the live lane when no backfill waits', [live('b', 90_000)], 99, 'b'],
  ['the same one whatever the order they are listed in', [live('b', 1), live('a', 1)], 0, 'a'],
])('%s goes next', (_name, waiting, liveTurns, chosen) => {
  expect(nextTurn(waiting, liveTurns)?.liveId ?? null).toBe(chosen);
});

test.each([
  [{ priority: 0, riskBp: 10_000 }, 0],
  [{ priority: 1, riskBp: 0 }, 5_000],
  [{ priority: 1, riskBp: 7_000 }, 0],
  [{ priority: 2, riskBp: 10_000 }, 10_000],
  [{ priority: 2, riskBp: 0 }, longestAllowanceMs],
])('%o is allowed %i ms', (who, ms) => {
  expect(allowanceMs(who)).toBe(ms);
});

/**
 * A machine that is asked for more than it can do, with lives of every priority, risk and lane. Each turn writes down one segment and
 * takes a second; more than one comes per second until the arrivals stop.
 */
test.each([1, 2, 3, 4])('no sound is overtaken without bound (seed %i)', (seed) => {
  const random = seededRandom(seed);
  type Piece = { owner: Waiting; at: number; served: number | null; overtakenBy: number; turnsInLane: number };
  const owners = Array.from({ length: 12 }, (_, index) =>
    live(`live-${index}`, 0, {
      lane: random() < 0.5 ? 'live' : 'backfill',
      priority: Math.floor(random() * 3),
      riskBp: Math.floor(random() * 10_000),
    }),
  );
  const pieces: Piece[] = [];
  let liveTurns = 0;
  let [longestLiveRun, largestLead] = [0, 0];
  for (let second = 0; second < 3000; second += 1) {
    const now = second * 1000;
    if (second < 1200)
      for (const owner of owners)
        if (random() < 0.15)
          pieces.push({ owner, at: now + Math.floor(random() * 900), served: null, overtakenBy: 0, turnsInLane: 0 });
    const open = pieces.filter(({ served, at }) => served === null && at <= now);
    const heads = new Map<Waiting, Piece>();
    for (const piece of open) if (!heads.has(piece.owner)) heads.set(piece.owner, piece);
    const chosen = nextTurn(
      [...heads].map(([owner, { at }]) => ({ ...owner, since: at })),
      liveTurns,
    );
    if (!chosen) continue;
    const piece = [...heads].find(([owner]) => owner.liveId === chosen.liveId)?.[1];
    if (!piece) throw new Error('a turn for nobody');
    piece.served = second;
    liveTurns = chosen.lane === 'live' ? liveTurns + 1 : 0;
    for (const other of open) {
      if (other === piece) continue;
      if (other.owner.lane === 'backfill' && chosen.lane === 'live') other.turnsInLane += 1;
      if (other.owner.lane === 'backfill' && chosen.lane === 'backfill') {
        longestLiveRun = Math.max(longestLiveRun, other.turnsInLane);
        other.turnsInLane = 0;
      }
      if (other.owner.lane === chosen.lane && piece.at > other.at) {
        other.overtakenBy += 1;
        largestLead = Math.max(largestLead, piece.at - other.at);
      }
    }
  }
  expect(pieces.length).toBeGreaterThan(1500);
  expect(longestLiveRun).toBeLessThanOrEqual(liveTurnsInARow);
  expect(largestLead).toBeLessThanOrEqual(longestAllowanceMs);
  expect(pieces.filter(({ served }) => served === null)).toEqual([]);
  // Twelve lives of at most one segment a second: no more than that can have come in the time of the longest allowance.
  expect(Math.max(...pieces.map(({ overtakenBy }) => overtakenBy))).toBeLessThan((12 * longestAllowanceMs) / 1000);
});
