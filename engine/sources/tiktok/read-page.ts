import { z } from 'zod';
import { type Reading, reading, unreadable } from './reading.ts';
import { readUserInfo } from './read-user-info.ts';
import { readWords } from './refusal.ts';
import { count, flag, readJson, roomId, roomUserInfo, status, words } from './shapes.ts';

const liveRoom = z.object({ isAgeGateRoom: flag, liveRoomUserInfo: roomUserInfo });
const pageUser = z.object({ uniqueId: words, roomId }).nullable().catch(null);
const sigiState = z.object({
  LiveRoom: liveRoom.nullable().catch(null),
  UserModule: z
    .object({ users: z.record(z.string(), pageUser) })
    .nullable()
    .catch(null),
});
const userDetail = z.object({
  statusCode: status,
  userInfo: z
    .object({
      user: z.object({ uniqueId: words, nickname: words, roomId, secret: flag }),
      stats: z.object({ followerCount: count }).nullable().catch(null),
    })
    .nullable()
    .catch(null),
});
const universalData = z.object({ __DEFAULT_SCOPE__: z.record(z.string(), z.unknown()) });

const stateScripts = ['SIGI_STATE', '__UNIVERSAL_DATA_FOR_REHYDRATION__'] as const;

/** `webapp.user-detail.statusCode` */
const noSuchUser = new Set([10202, 10221]);
const privateUser = 10222;

/**
 * The page `/@handle/live`. Its state lies in a script as JSON (`SIGI_STATE`; on newer pages `__UNIVERSAL_DATA_FOR_REHYDRATION__`);
 * where neither can be read, the address for the phone's app still names the room.
 */
export function readPage(html: string, handle: string, allowPrivate: boolean): Reading {
  const found = fromSigi(html, handle, allowPrivate) ?? fromUniversal(html, handle, allowPrivate);
  if (found) return found;
  const linked = /live\?room_id=([1-9]\d{4,29})\b/.exec(html)?.[1];
  if (linked !== undefined) return unreadable({ roomId: linked });
  // A page that was to hold a state carries every sentence it might show; which one it shows cannot be told without the state.
  return stateScripts.some((id) => html.includes(`id="${id}"`)) ? unreadable() : readWords(html);
}

function fromSigi(html: string, handle: string, allowPrivate: boolean): Reading | null {
  const state = readJson(scriptText(html, 'SIGI_STATE') ?? '', sigiState);
  if (!state) return null;
  if (state.LiveRoom) {
    const { liveRoomUserInfo, isAgeGateRoom } = state.LiveRoom;
    return readUserInfo(liveRoomUserInfo, { handle, isAgeGateRoom, allowPrivate });
  }
  const users = Object.values(state.UserModule?.users ?? {});
  const user = users.find((each) => each?.uniqueId?.toLowerCase() === handle.toLowerCase());
  return unreadable({ roomId: user?.roomId ?? null });
}

function fromUniversal(html: string, handle: string, allowPrivate: boolean): Reading | null {
  const scope = readJson(
    scriptText(html, '__UNIVERSAL_DATA_FOR_REHYDRATION__') ?? '',
    universalData,
  )?.__DEFAULT_SCOPE__;
  if (!scope) return null;
  for (const part of Object.values(scope)) {
    const found = liveRoom.safeParse(part).data;
    if (found) {
      const { liveRoomUserInfo, isAgeGateRoom } = found;
      return readUserInfo(liveRoomUserInfo, { handle, isAgeGateRoom, allowPrivate });
    }
  }
  const detail = userDetail.safeParse(scope['webapp.user-detail']).data;
  if (!detail) return null;
  if (detail.statusCode !== null && noSuchUser.has(detail.statusCode)) return reading('inconnu', 'no-such-account');
  if (detail.statusCode === privateUser) return reading('prive', 'private-account');
  const user = detail.userInfo?.user;
  if (!user || user.uniqueId?.toLowerCase() !== handle.toLowerCase()) return unreadable();
  // A profile names the room of a live and says nothing of its status: the next steps do.
  return unreadable({
    roomId: user.roomId,
    displayName: user.nickname,
    followers: detail.userInfo?.stats?.followerCount ?? null,
  });
}

/** The text of the script with this id. Looked for by hand: a pattern over megabytes of a stranger's page may take for ever. */
function scriptText(html: string, id: (typeof stateScripts)[number]): string | null {
  const mark = html.indexOf(`id="${id}"`);
  const begin = mark < 0 ? -1 : html.indexOf('>', mark);
  const end = begin < 0 ? -1 : html.indexOf('</script>', begin);
  return end < 0 ? null : html.slice(begin + 1, end);
}
