import { useQuery } from '@tanstack/react-query';
import type { Live } from '#shared/model/live.ts';
import { usePulses } from '../../stores/pulses.ts';
import { statusQuery } from '../../stores/queries.ts';

/** A live's figures, with the pulse where it is newer than what was read. */
export function useLiveFigures(live: Live) {
  const pulse = usePulses((state) => state.byLive[live.id]);
  const oldestMs = useQuery(statusQuery()).data?.backlog.oldestMs ?? 0;
  const capturing = live.state === 'en_cours' && live.captureState !== 'ended';
  return {
    capturing,
    capturedMs: Math.max(live.capturedMs, pulse?.capturedMs ?? 0),
    writtenMs: Math.max(live.writtenMs, pulse?.writtenMs ?? 0),
    sourceMs: live.sourceMs ?? pulse?.sourceMs ?? null,
    // A capture that is over has no pulse any more: what is still being written is the laptop's backlog.
    lagMs: live.openSegments === 0 ? 0 : capturing && pulse ? pulse.lagMs : oldestMs,
    levelBp: capturing ? (pulse?.levelBp ?? null) : null,
  };
}
