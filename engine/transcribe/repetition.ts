/** Finds text that runs in circles. Pure. */

/** `from` to `to` (exclusive) repeat with `period`, `times` times in all. */
export type Loop = { from: number; to: number; period: number; times: number };

/** A phrase that repeats is at most this many words long; longer ones never fill a window often enough to be a loop. */
const longestPeriod = 15;

/** The stretch with the most words that repeats at least `leastTimes` times in a row; the shortest period among equals. */
export function findLoop(words: readonly string[], leastTimes: number): Loop | null {
  let best: Loop | null = null;
  for (let period = 1; period <= Math.min(longestPeriod, words.length / 2); period++) {
    let from = 0;
    for (let at = period; at <= words.length; at++) {
      if (at < words.length && words[at] === words[at - period]) continue;
      const length = at - from;
      const times = Math.floor(length / period);
      if (times >= leastTimes && length > (best ? best.to - best.from : 0)) best = { from, to: at, period, times };
      from = at - period + 1;
    }
  }
  return best;
}
