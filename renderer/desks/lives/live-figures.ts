import type { Live } from '#shared/model/live.ts';
import { usePulses } from '../../stores/pulses.ts';

/** A live's figures, with the pulse where it is newer than what was read. */
export function useLiveFigures(live: Live) {
  const pulse = usePulses((state) => state.byLive[live.id]);
  const capturing = live.state === 'en_cours' && live.captureState !== 'ended';
  return {
    capturing,
    capturedMs: Math.max(live.capturedMs, pulse?.capturedMs ?? 0),
    writtenMs: Math.max(live.writtenMs, pulse?.writtenMs ?? 0),
    sourceMs: live.sourceMs ?? pulse?.sourceMs ?? null,
    lagMs: pulse?.lagMs ?? Math.max(0, live.capturedMs - live.writtenMs),
    levelBp: capturing ? (pulse?.levelBp ?? null) : null,
  };
}
