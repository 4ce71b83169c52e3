import type { GapCause } from '#shared/model/live.ts';
import { createHoles } from './holes.ts';
import { bytesPerMs } from './pcm.ts';
import type { Recorder } from './recorder.ts';
import type { FeedBreak } from './source/feed.ts';

/** A live that gives its first sound this soon after it was made starts at 0, without a gap. */
const promptStartMs = 1_000;
const silencePieceBytes = 1_000 * bytesPerMs;

/** Where the sound of one connection belongs on the timeline. */
export type Placement = {
  /** The first bytes are here. */
  arrive(): void;
  /** A new run follows, perhaps after missed sound. */
  interrupt(run: FeedBreak): void;
  /** The container's clock jumps before the next sound. */
  jump(jumpMs: number): Promise<void>;
  /** The part of `pcm` that is not recorded yet, after what lies before it was declared. */
  next(pcm: Uint8Array): Promise<Uint8Array>;
  endRun(): void;
  /** The source has ended: declares what it said was missed and never came. */
  settle(): Promise<void>;
};

/**
 * A live goes on where the clock stands, or exactly where it broke off when its source knows what was missed. On-demand starts at its
 * beginning with each connection: what the spool already holds is passed over, to the sample. `cause`: of the gap before this connection;
 * `jumpCause`: of time that the container's clock skips.
 */
export function createPlacement(given: {
  recorder: Recorder;
  live: boolean;
  wallMs: () => number;
  cause: GapCause;
  jumpCause: () => GapCause;
  record(pcm: Uint8Array): Promise<void>;
}): Placement {
  const { recorder, live, wallMs } = given;
  const holes = createHoles(live);
  let cause = given.cause;
  let arrivedMs = wallMs();
  let pending: FeedBreak | null = live ? { missedMs: null } : null;
  let exact = false;
  /** Bytes of sound of this connection so far, as its own timeline counts them. */
  let passedBytes = 0;
  /** Bytes that come a second time. */
  let againBytes = 0;

  const settle = async () => {
    if (!pending) return;
    const { missedMs, againMs = 0 } = pending;
    pending = null;
    exact = false;
    againBytes = Math.round(againMs) * bytesPerMs;
    if (!live) {
      passedBytes += (missedMs ?? 0) * bytesPerMs;
      await recorder.gapTo(passedBytes / bytesPerMs, 'source');
      return;
    }
    const startMs = missedMs === null ? arrivedMs : recorder.endMs + missedMs;
    const prompt = recorder.endMs === 0 && startMs < promptStartMs;
    // A server that begins with what it gave last, before the break, says it twice.
    if (missedMs === null && !prompt) againBytes = Math.max(0, recorder.endMs - startMs) * bytesPerMs;
    await recorder.gapTo(prompt ? 0 : startMs, cause);
    cause = 'source';
  };

  const unheard = (pcm: Uint8Array) => {
    if (live) {
      const again = Math.min(againBytes, pcm.length);
      againBytes -= again;
      return pcm.subarray(again);
    }
    const heldBytes = recorder.endMs * bytesPerMs - passedBytes;
    passedBytes += pcm.length;
    return pcm.subarray(Math.min(pcm.length, Math.max(0, heldBytes)));
  };

  return {
    arrive() {
      arrivedMs = wallMs();
    },
    interrupt({ missedMs, againMs }) {
      if (missedMs === null) {
        arrivedMs = wallMs();
        pending = { missedMs: null };
        exact = false;
      } else {
        pending = { missedMs: missedMs + (exact ? (pending?.missedMs ?? 0) : 0), againMs };
        exact = true;
      }
    },
    async jump(jumpMs) {
      await settle();
      const { silenceMs, gapMs } = holes.judge(jumpMs, wallMs() - recorder.endMs);
      if (live) {
        if (gapMs > 0) await recorder.gapTo(recorder.endMs + gapMs, given.jumpCause());
        return;
      }
      for (let left = silenceMs * bytesPerMs; left > 0; left -= silencePieceBytes) {
        const silence = unheard(new Uint8Array(Math.min(left, silencePieceBytes)));
        if (silence.length > 0) await given.record(silence);
      }
      passedBytes = Math.ceil(passedBytes / bytesPerMs) * bytesPerMs + gapMs * bytesPerMs;
      if (gapMs > 0) await recorder.gapTo(passedBytes / bytesPerMs, 'source');
    },
    async next(pcm) {
      await settle();
      holes.heard(pcm.length / bytesPerMs, wallMs() - recorder.endMs);
      return unheard(pcm);
    },
    endRun() {
      passedBytes = Math.ceil(passedBytes / bytesPerMs) * bytesPerMs;
    },
    async settle() {
      if (!live || exact) await settle();
    },
  };
}
