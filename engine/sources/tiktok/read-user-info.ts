import { type Reading, reading, roomState, unreadable } from './reading.ts';
import { readStreams } from './read-streams.ts';
import type { RoomUserInfo } from './shapes.ts';

/** A user with their room, as the page and api-live tell of them in the same words. */
export function readUserInfo(
  info: { user: RoomUserInfo['user']; stats: RoomUserInfo['stats']; liveRoom: RoomUserInfo['liveRoom'] },
  by: { handle: string; isAgeGateRoom: boolean; allowPrivate: boolean },
): Reading {
  const { user, stats, liveRoom } = info;
  // A page about somebody else says nothing of this account.
  if (user.uniqueId !== null && user.uniqueId.toLowerCase() !== by.handle.toLowerCase()) return unreadable();
  const known = {
    displayName: user.nickname,
    followers: stats?.followerCount ?? null,
    roomId: user.roomId,
  };
  const { state, reason } = roomState(liveRoom?.status ?? user.status);
  // Only what says so is off air: where a field has gone, or has another name, it is not known.
  if (state === 'hors_ligne' || (state !== 'en_ligne' && user.hasNoRoom)) {
    if (user.secret) return reading('prive', 'private-account', known);
    return reading('hors_ligne', user.roomId === null ? 'not-live' : 'room-ended', known);
  }
  if (state === null || user.roomId === null) return unreadable(known);
  const renditions = readStreams(liveRoom?.streamData?.pull_data ?? null, null, by.allowPrivate);
  const room = {
    ...known,
    title: liveRoom?.title ?? null,
    viewers: liveRoom?.liveRoomStats?.userCount ?? null,
    startedAt: liveRoom?.startTime ?? null,
    renditions,
  };
  if (state === 'en_ligne' && renditions.length === 0) {
    if (user.secret) return reading('prive', 'followers-only', room);
    if (by.isAgeGateRoom) return reading('restreint', 'age-or-login', room);
  }
  return reading(state, reason, room);
}
