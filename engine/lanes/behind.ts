/** When a live counts as behind, and what then leaves the live lane. Pure. */
import { lagFigures, type LagSample } from './lag.ts';

/** Words that come later than this, 19 times out of 20, are announced as late. */
export const boundedLagMs = 5_000;
const recoveredLagMs = 2_000;
const announceAfterMs = 30_000;
const recoverAfterMs = 60_000;

/**
 * What changes about a live: half a minute with a p95 above 5 s is announced; a whole minute below 2 s with nothing left to catch up
 * ends it, so that a live at the edge is not announced over and over.
 * @param samples of the last minutes, oldest first; `now` in the same time as theirs
 */
export function judgeLag(
  samples: readonly LagSample[],
  state: { behind: boolean; backfillOpen: number },
  now: number,
): 'behind' | 'caught-up' | null {
  const span = state.behind ? recoverAfterMs : announceAfterMs;
  const first = samples[0];
  if (!first || now - first.at < span) return null;
  const { p95Ms } = lagFigures(samples.filter(({ at }) => at >= now - span));
  if (!state.behind) return p95Ms > boundedLagMs ? 'behind' : null;
  return p95Ms < recoveredLagMs && state.backfillOpen === 0 ? 'caught-up' : null;
}

/** Sound that waited longer than this leaves the live lane, as soon as newer sound fills a window of its own. */
export const liveLaneMs = 15_000;

/**
 * What goes over to the backfill lane so that the newest sound gets its words: nothing as long as the oldest has not waited `liveLaneMs`;
 * then all but the newest window.
 * @param waiting of one live in the live lane, in the order it was said
 */
export function overflow<T extends { startMs: number; endMs: number; heardAt: number }>(
  waiting: readonly T[],
  now: number,
  windowMs: number,
): T[] {
  const oldest = waiting[0];
  if (!oldest || now - oldest.heardAt <= liveLaneMs) return [];
  let keptMs = 0;
  let kept = 0;
  for (const { startMs, endMs } of waiting.toReversed()) {
    keptMs += endMs - startMs;
    if (kept > 0 && keptMs > windowMs) break;
    kept += 1;
  }
  return waiting.slice(0, waiting.length - kept);
}
