import type { Clock } from '../base/clock.ts';

/** Less than this may be the half of a packet that ffmpeg still waits for. */
const substantialBytes = 4 * 1024;
/** Bytes were still coming this shortly before. */
const recentMs = 3_000;

/**
 * Tells an ffmpeg that stands still from one that has nothing to do: it was given bytes, lately, and has said nothing since. While it
 * works, even on pictures alone, it reports twice a second.
 */
export function createVitals(clock: Clock): {
  /** Bytes are handed over; `taken` resolves once there is room for more. */
  gave(bytes: number, taken: Promise<unknown>): void;
  /** To be called about twice a second with the number of lines said so far. */
  look(saidLines: number): void;
  isDecoderStill(): boolean;
} {
  let givenBytes = 0;
  let givenAt = Number.NEGATIVE_INFINITY;
  let waiting = 0;
  let said = 0;
  return {
    gave(bytes, taken) {
      givenBytes += bytes;
      givenAt = clock.monotonicMs();
      waiting += 1;
      void taken
        .catch(() => undefined)
        .then(() => {
          waiting -= 1;
        });
    },
    look(saidLines) {
      if (saidLines !== said) givenBytes = 0;
      said = saidLines;
    },
    isDecoderStill: () => givenBytes >= substantialBytes && (waiting > 0 || clock.monotonicMs() - givenAt <= recentMs),
  };
}
