/** One decoded frame as ffmpeg's `ashowinfo` reports it: its timestamp (null: it has none) and its length. */
export type FrameTime = { ptsMs: number | null; durationMs: number };

/** The container's clock moves on by `jumpMs` (back when negative) before the sound at `atMs`, counted in sound of this run. */
export type Jump = { atMs: number; jumpMs: number };

/** Tells where the timestamps of decoded sound and its own length part ways. */
export type MediaClock = {
  frame(frame: FrameTime): void;
  /** No frame will come any more. */
  close(): void;
  /** Sound of this run whose place is known, ms; beyond it a frame is still being doubted. Infinity once closed. */
  knownMs(): number;
  /** Jumps that lie before `atMs` and were not taken yet, in order. */
  take(atMs: number): Jump[];
};

/** Rounding to the container's time base and encoders' habits stay below this. */
const toleranceMs = 100;
/** So much sound (or so many frames) must agree before a jump is believed: a single frame with a wild timestamp is noise. */
const agreeMs = 200;
const agreeFrames = 4;

/**
 * Follows the timestamps of one run. `startMs`: what the first frame is measured against; null: whatever it says is its place.
 * Pure. Timestamps that stray and come back (regressions, reordering) are passed over.
 */
export function createMediaClock(startMs: number | null): MediaClock {
  let expectedMs = startMs;
  let soundMs = 0;
  let closed = false;
  /** Frames in a row that are not where they should be. */
  let doubted: { offMs: number; durationMs: number }[] = [];
  let jumps: Jump[] = [];

  const pass = (durationMs: number) => {
    soundMs += durationMs;
    if (expectedMs !== null) expectedMs += durationMs;
  };
  const doubtedMs = () => doubted.reduce((sum, each) => sum + each.durationMs, 0);
  const passDoubted = () => {
    for (const each of doubted) pass(each.durationMs);
    doubted = [];
  };

  return {
    frame({ ptsMs, durationMs }) {
      if (ptsMs === null) {
        passDoubted();
        pass(durationMs);
        return;
      }
      expectedMs ??= ptsMs;
      const offMs = ptsMs - expectedMs - doubtedMs();
      if (Math.abs(offMs) < toleranceMs) {
        passDoubted();
        pass(durationMs);
        return;
      }
      const first = doubted[0];
      if (first && Math.abs(first.offMs - offMs) >= toleranceMs) {
        // Neither where the clock was nor where the last frame said: what was doubted stays where it came.
        passDoubted();
        doubted = [{ offMs: ptsMs - expectedMs, durationMs }];
      } else doubted.push({ offMs, durationMs });
      const latest = doubted.at(-1)?.offMs ?? 0;
      if (doubted.length < agreeFrames && doubtedMs() < agreeMs) return;
      jumps.push({ atMs: soundMs, jumpMs: latest });
      expectedMs += latest;
      passDoubted();
    },
    close() {
      passDoubted();
      closed = true;
    },
    knownMs: () => (closed ? Number.POSITIVE_INFINITY : soundMs),
    take(atMs) {
      const due = jumps.filter((jump) => jump.atMs <= atMs);
      jumps = jumps.filter((jump) => jump.atMs > atMs);
      return due;
    },
  };
}

/** A frame of `ashowinfo`'s report; null for any other line. */
export function frameInReport(line: string): FrameTime | null {
  const match =
    /^\[Parsed_ashowinfo_\d+ @ [^\]]*\] \[info\] n:\s*\d+ .*pts_time:\s*(\S+) .*rate:\s*(\d+) nb_samples:\s*(\d+)/.exec(
      line,
    );
  if (!match) return null;
  const [ptsSeconds, rate, samples] = match.slice(1).map(Number) as [number, number, number];
  if (!(rate > 0)) return null;
  return {
    ptsMs: Number.isFinite(ptsSeconds) ? Math.round(ptsSeconds * 1e6) / 1000 : null,
    durationMs: (samples * 1000) / rate,
  };
}
