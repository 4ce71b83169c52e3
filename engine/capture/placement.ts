import type { GapCause } from '#shared/model/live.ts';
import { bytesPerMs } from './pcm.ts';
import type { Recorder } from './recorder.ts';
import type { FeedBreak } from './source/feed.ts';

/** A live that gives its first sound this soon after it was made starts at 0, without a gap. */
const promptStartMs = 1_000;

/** Where the sound of one connection belongs on the timeline. */
export type Placement = {
  /** The first bytes are here. */
  arrive(): void;
  /** A new run follows, perhaps after missed sound. */
  interrupt(run: FeedBreak): void;
  /** The part of `pcm` that is not recorded yet, after what lies before it was declared. */
  next(pcm: Uint8Array): Promise<Uint8Array>;
  endRun(): void;
  /** Declares what was missed up to now. */
  settle(): Promise<void>;
};

/**
 * A live goes on where the clock stands, or exactly where it broke off when its source knows what was missed. On-demand starts at its
 * beginning with each connection: what the spool already holds is passed over, to the sample. `cause`: of the gap before this connection.
 */
export function createPlacement(given: {
  recorder: Recorder;
  live: boolean;
  wallMs: () => number;
  cause: GapCause;
}): Placement {
  const { recorder, live, wallMs } = given;
  let cause = given.cause;
  let arrivedMs = wallMs();
  let pending: FeedBreak | null = live ? { missedMs: null } : null;
  let exact = false;
  /** Bytes of sound of this connection so far, as its own timeline counts them. */
  let passedBytes = 0;

  const settle = async () => {
    if (!pending) return;
    const missedMs = pending.missedMs;
    pending = null;
    exact = false;
    if (!live) {
      passedBytes += (missedMs ?? 0) * bytesPerMs;
      await recorder.gapTo(passedBytes / bytesPerMs, 'source');
      return;
    }
    const startMs = missedMs === null ? arrivedMs : recorder.endMs + missedMs;
    const prompt = recorder.endMs === 0 && startMs < promptStartMs;
    await recorder.gapTo(prompt ? 0 : startMs, cause);
    cause = 'source';
  };

  return {
    arrive() {
      arrivedMs = wallMs();
    },
    interrupt({ missedMs }) {
      if (missedMs === null) {
        arrivedMs = wallMs();
        pending = { missedMs: null };
        exact = false;
      } else {
        pending = { missedMs: missedMs + (exact ? (pending?.missedMs ?? 0) : 0) };
        exact = true;
      }
    },
    async next(pcm) {
      await settle();
      const heldBytes = recorder.endMs * bytesPerMs - passedBytes;
      passedBytes += pcm.length;
      return live ? pcm : pcm.subarray(Math.min(pcm.length, Math.max(0, heldBytes)));
    },
    endRun() {
      passedBytes = Math.ceil(passedBytes / bytesPerMs) * bytesPerMs;
    },
    settle,
  };
}
