import { create } from 'zustand';
import type { Pulse } from '#shared/model/fact.ts';

/** The last volatile figures of each running capture. */
export const usePulses = create<{ byLive: Record<string, Pulse> }>(() => ({ byLive: {} }));

export function receivePulse(pulse: Pulse): void {
  usePulses.setState(({ byLive }) => ({ byLive: { ...byLive, [pulse.liveId]: pulse } }));
}

/** A capture that has ended has no pulse; its last one must not go on looking alive. */
export function forgetPulse(liveId: string): void {
  usePulses.setState(({ byLive }) => {
    const { [liveId]: _gone, ...rest } = byLive;
    return { byLive: rest };
  });
}
