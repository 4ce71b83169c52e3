import type { Clock } from '../base/clock.ts';

/** Less than this may be the half of a packet that ffmpeg still waits for. */
const substantialBytes = 4 * 1024;
/** It speaks twice a second at least, and both sides may be late. */
const silentMs = 4_000;
/** Bytes were still coming this shortly before. */
const recentMs = 3_000;

/** What is seen of an ffmpeg from outside. `pictures`: its source has more than sound. */
export type SeenDecoder = { saidLines: number; pictures: boolean };

/**
 * Tells an ffmpeg that stands still from one that has nothing to do. One that takes no more bytes stands still. So does one that was
 * given sound and says nothing: it reports each frame of it. Of pictures that it passes over it says nothing either, but takes them.
 */
export function createVitals(clock: Clock): {
  /** Bytes are handed over; `taken` resolves once there is room for more. */
  gave(bytes: number, taken: Promise<unknown>): void;
  /** To be called about twice a second. */
  look(seen: SeenDecoder): void;
  isDecoderStill(): boolean;
} {
  let givenBytes = 0;
  let givenAt = Number.NEGATIVE_INFINITY;
  let waitingSince: number | null = null;
  let said = 0;
  let saidAt = clock.monotonicMs();
  let pictures = false;
  return {
    gave(bytes, taken) {
      givenBytes += bytes;
      givenAt = clock.monotonicMs();
      waitingSince = givenAt;
      void taken
        .catch(() => undefined)
        .then(() => {
          waitingSince = null;
        });
    },
    look(seen) {
      pictures = seen.pictures;
      if (seen.saidLines === said) return;
      givenBytes = 0;
      said = seen.saidLines;
      saidAt = clock.monotonicMs();
    },
    isDecoderStill() {
      const now = clock.monotonicMs();
      if (waitingSince !== null && now - waitingSince >= silentMs) return true;
      return !pictures && givenBytes >= substantialBytes && now - saidAt >= silentMs && now - givenAt <= recentMs;
    },
  };
}
