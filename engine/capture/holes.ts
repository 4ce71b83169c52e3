/** What becomes of time that a container's clock skips: silence in the sound, a declared gap, or nothing. */
export type Hole = { silenceMs: number; gapMs: number };

/** A player shows a hole up to this length as silence; beyond, sound is missing. */
const longestSilenceMs = 10_000;
/** Silence may make sound longer by so much, and then no more than double it: a small file cannot fill a disk. */
const freeSilenceMs = 60_000;
/** No recording lasts longer; a clock that skips more is wrong. */
const longestGapMs = 12 * 3_600_000;
/** A container with more holes than this has no clock. */
const mostGaps = 500;
/** Rounding and drift of clocks, below which nothing of a file is filled, and nothing of a live is missing. */
const smallestFileHoleMs = 100;
const smallestLiveHoleMs = 500;
/** Sound comes in bursts as long as an HLS segment: what lags no more than lately has lost nothing. */
const usualSeconds = 10;
/** A clock that goes back by more has started anew. */
const restartMs = 1_000;

/**
 * Judges the jumps of one connection's clock. A file's clock is believed within limits, as a player does. A live's is believed as far as
 * the wall clock allows it: its encoder may set it as it likes, but time that was lost has passed here too. `lagMs` below: how far the
 * recorded sound lies behind the wall clock.
 */
export function createHoles(live: boolean): {
  heard(soundMs: number, lagMs: number): void;
  judge(jumpMs: number, lagMs: number): Hole;
} {
  let owedMs = 0;
  let heardMs = 0;
  let filledMs = 0;
  let gaps = 0;
  /** The greatest lag of each of the last seconds of sound. */
  let lags: { second: number; lagMs: number }[] = [];

  const ofLive = (lagMs: number): Hole => {
    if (owedMs < smallestLiveHoleMs) return { silenceMs: 0, gapMs: 0 };
    // What a decoder held back over the hole comes right before it, and late: the last second says nothing of what is usual.
    const earlier = lags.filter(({ second }) => second < Math.floor(heardMs / 1_000) - 1).map((each) => each.lagMs);
    const all = lags.map((each) => each.lagMs);
    const usualMs = earlier.length > 0 ? Math.max(...earlier) : Math.min(...all);
    const passedMs = all.length > 0 ? lagMs - usualMs : 0;
    const gapMs = Math.round(Math.min(owedMs, passedMs));
    owedMs = 0;
    return { silenceMs: 0, gapMs: gapMs < smallestLiveHoleMs ? 0 : gapMs };
  };

  const ofFile = (): Hole => {
    if (owedMs < smallestFileHoleMs) return { silenceMs: 0, gapMs: 0 };
    const holeMs = Math.round(owedMs);
    owedMs -= holeMs;
    if (holeMs <= longestSilenceMs && filledMs + holeMs <= freeSilenceMs + heardMs) {
      filledMs += holeMs;
      return { silenceMs: holeMs, gapMs: 0 };
    }
    gaps += 1;
    return { silenceMs: 0, gapMs: holeMs > longestGapMs || gaps > mostGaps ? 0 : holeMs };
  };

  return {
    heard(soundMs, lagMs) {
      heardMs += soundMs;
      const second = Math.floor(heardMs / 1_000);
      const last = lags.at(-1);
      if (last?.second === second) last.lagMs = Math.max(last.lagMs, lagMs);
      else lags = [...lags, { second, lagMs }].filter((each) => each.second > second - usualSeconds);
    },
    judge(jumpMs, lagMs) {
      if (jumpMs <= -restartMs) return { silenceMs: 0, gapMs: 0 };
      owedMs += jumpMs;
      return live ? ofLive(lagMs) : ofFile();
    },
  };
}
