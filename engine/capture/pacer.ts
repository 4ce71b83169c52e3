import type { Clock } from '../base/clock.ts';

/** Longest piece of sound that is let through at once while playing at 1x. */
export const pacedPieceMs = 200;

/** Holds sound back so that it passes no faster than it sounds. */
export type Pacer = {
  /** Whether sound at this position is held back at all. */
  holds(positionMs: number): boolean;
  /** Resolves when sound ending at `positionMs` may pass; rejects when aborted. */
  wait(positionMs: number, signal: AbortSignal): Promise<void>;
};

/** 1x from the first position asked for up to `realtimeForMs` (null: for ever), then at any speed; `null` holds nothing back. */
export function createPacer(pace: { realtimeForMs: number | null } | null, clock: Clock): Pacer {
  let start: { atMs: number; positionMs: number } | null = null;
  const holds = (positionMs: number) =>
    pace !== null && (pace.realtimeForMs === null || positionMs < pace.realtimeForMs);
  return {
    holds,
    async wait(positionMs, signal) {
      start ??= { atMs: clock.monotonicMs(), positionMs: positionMs - pacedPieceMs };
      const aheadMs = positionMs - start.positionMs - (clock.monotonicMs() - start.atMs);
      if (aheadMs > 0) await clock.delay(aheadMs, signal);
    },
  };
}
