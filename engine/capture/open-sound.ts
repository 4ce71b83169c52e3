import { samplesPerMs } from './pcm.ts';

/** Sound heard since the last cut, ms of the live's timeline. */
export type OpenSound = {
  startMs: number;
  endMs: number;
  /** How much of it rises above the background, and how long nothing has at its end. */
  voicedMs: number;
  quietMs: number;
  /** A copy, 16 kHz mono. */
  samples(): Int16Array;
};

/**
 * The newest sound of a capture, for whoever wants it before it is cut. It holds on to the pieces as they came, so that taking them costs a
 * capture nothing; whoever reads pays for the copy.
 */
export function createSoundTail() {
  let pieces: { startMs: number; endMs: number; samples: Int16Array }[] = [];
  return {
    /** Sound in whole ms, in order and without holes; a hole is told by `clear`. */
    add(startMs: number, samples: Int16Array): void {
      if (samples.length === 0) return;
      pieces.push({ startMs, endMs: startMs + samples.length / samplesPerMs, samples });
    },
    dropBefore(ms: number): void {
      const [first] = pieces;
      if (first && first.endMs <= ms) pieces = pieces.filter(({ endMs }) => endMs > ms);
    },
    clear(): void {
      pieces = [];
    },
    /** Null when it does not reach back to `fromMs` (after a restart), or nothing is held. */
    since(fromMs: number): { endMs: number; samples(): Int16Array } | null {
      const held = pieces;
      const [first, last] = [held[0], held.at(-1)];
      if (!first || !last || first.startMs > fromMs || last.endMs <= fromMs) return null;
      return {
        endMs: last.endMs,
        samples() {
          const sound = new Int16Array((last.endMs - fromMs) * samplesPerMs);
          for (const { startMs, endMs, samples } of held) {
            if (endMs > last.endMs || endMs <= fromMs) continue;
            const skip = Math.max(0, fromMs - startMs) * samplesPerMs;
            sound.set(samples.subarray(skip), Math.max(0, startMs - fromMs) * samplesPerMs);
          }
          return sound;
        },
      };
    },
  };
}
