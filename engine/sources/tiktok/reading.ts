import type { PresenceReason, WatchState } from '#shared/model/watch.ts';
import type { Rendition } from '../resolver.ts';

/** What one answer of the platform tells. `state` null: it does not tell whether the account is live. */
export type Reading = {
  state: WatchState | null;
  reason: PresenceReason;
  roomId: string | null;
  title: string | null;
  viewers: number | null;
  startedAt: number | null;
  displayName: string | null;
  followers: number | null;
  renditions: Rendition[];
};

export function reading(state: WatchState | null, reason: PresenceReason, more: Partial<Reading> = {}): Reading {
  return {
    roomId: null,
    title: null,
    viewers: null,
    startedAt: null,
    displayName: null,
    followers: null,
    renditions: [],
    ...more,
    state,
    reason,
  };
}

export const unreadable = (more: Partial<Reading> = {}): Reading => reading(null, 'unreadable-answer', more);

/**
 * What a room's `status` says: 2 is on air, 4 has ended; what else there is (being prepared, paused) is a room without a broadcast.
 * null for a status that is not there.
 */
export function roomState(status: number | null): Pick<Reading, 'state' | 'reason'> {
  if (status === null) return { state: null, reason: 'unreadable-answer' };
  if (status === 2) return { state: 'en_ligne', reason: 'on-air' };
  if (status === 4) return { state: 'hors_ligne', reason: 'room-ended' };
  return { state: 'actif', reason: 'room-idle' };
}
