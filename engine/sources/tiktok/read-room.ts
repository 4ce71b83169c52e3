import { type Reading, reading, roomState, unreadable } from './reading.ts';
import { readStreams } from './read-streams.ts';
import { readUserInfo } from './read-user-info.ts';
import { readWords } from './refusal.ts';
import { apiLive, checkAlive, liveDetail, readJson, roomInfo } from './shapes.ts';

/** `user_not_found` of api-live. */
const noSuchUser = 19881007;
/** Age or login is asked for. */
const restricted = 4003110;

/** `/api-live/user/room/`: the account and its room by the account's name. */
export function readApiLive(text: string, handle: string, allowPrivate: boolean): Reading {
  const answer = readJson(text, apiLive);
  if (!answer) return readWords(text);
  if (answer.statusCode === noSuchUser) return reading('inconnu', 'no-such-account');
  if (answer.statusCode !== null && answer.statusCode !== 0) return refusedWith(answer.statusCode, text);
  const { user = null, stats = null, liveRoom = null } = answer.data ?? {};
  return user
    ? readUserInfo({ user, stats, liveRoom }, { handle, isAgeGateRoom: false, allowPrivate })
    : readWords(text);
}

/** `/webcast/room/check_alive/`: whether one room is on air. An empty list is the platform's way to say no. */
export function readCheckAlive(text: string, roomId: string): Reading {
  const answer = readJson(text, checkAlive);
  if (!answer) return readWords(text);
  if (answer.status_code !== null && answer.status_code !== 0) return refusedWith(answer.status_code, text);
  if (!answer.data) return unreadable();
  if (answer.data.length === 0) return reading('hors_ligne', 'room-ended', { roomId });
  const entry = answer.data.find((each) => each?.room_id_str === roomId) ?? answer.data[0];
  if (!entry || (entry.room_id_str !== null && entry.room_id_str !== roomId)) return unreadable();
  return entry.alive ? reading('en_ligne', 'on-air', { roomId }) : reading('hors_ligne', 'room-ended', { roomId });
}

/** `/api/live/detail/`: the status of one room. */
export function readLiveDetail(text: string, roomId: string): Reading {
  const answer = readJson(text, liveDetail);
  if (!answer) return readWords(text);
  if (answer.status_code !== null && answer.status_code !== 0) return refusedWith(answer.status_code, text);
  const room = answer.LiveRoomInfo;
  const { state, reason } = roomState(room?.status ?? null);
  return reading(state, reason, { roomId, title: room?.title, displayName: room?.ownerInfo?.nickname });
}

/** `/webcast/room/info/`: the status of one room and where it can be heard. */
export function readRoomInfo(text: string, roomId: string, allowPrivate: boolean): Reading {
  const answer = readJson(text, roomInfo);
  if (!answer) return readWords(text);
  if (answer.status_code !== null && answer.status_code !== 0) return refusedWith(answer.status_code, text);
  const room = answer.data;
  if (!room || room.status === null) return readWords(text);
  if (room.id_str !== null && room.id_str !== roomId) return unreadable();
  const { state, reason } = roomState(room.status);
  const renditions = readStreams(room.stream_url?.live_core_sdk_data?.pull_data ?? null, room.stream_url, allowPrivate);
  return reading(state, reason, {
    roomId,
    title: room.title,
    viewers: room.user_count,
    startedAt: room.create_time,
    displayName: room.owner?.nickname ?? null,
    renditions: state === 'en_ligne' ? renditions : [],
  });
}

function refusedWith(code: number, text: string): Reading {
  if (code === restricted) return reading('restreint', 'age-or-login');
  const found = readWords(text);
  return found.state === null ? reading(null, 'platform-error') : found;
}
