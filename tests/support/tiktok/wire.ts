/** The bodies that TikTok's web application receives, in the shapes its public clients read (July 2026). Pure. */
export type RoomFacts = {
  handle: string;
  nickname: string;
  followers: number;
  secret: boolean;
  /** null: the account has never been live. */
  roomId: string | null;
  /** 2 on air, 3 paused, 4 ended. */
  status: number;
  title: string;
  viewers: number;
  /** Unix seconds. */
  startedAt: number;
  ageGate: boolean;
  streams: StreamOffer[];
};

/** One quality; empty texts where the platform has no such address. */
export type StreamOffer = { quality: string; level: number; bitrate: number; flv: string; hls: string };

export const roomFacts = (more: Partial<RoomFacts> = {}): RoomFacts => ({
  handle: 'lea.cuisine',
  nickname: 'Léa 🍲',
  followers: 15_204,
  secret: false,
  roomId: '7300000000000000001',
  status: 2,
  title: 'On cuisine ensemble',
  viewers: 312,
  startedAt: 1_780_000_000,
  ageGate: false,
  streams: [],
  ...more,
});

const pullData = (streams: StreamOffer[]) => ({
  options: {
    default_quality: { name: 'Original', sdk_key: 'origin', level: 10 },
    qualities: streams
      .filter(({ level }) => level > 0)
      .map(({ quality, level }) => ({ name: quality, sdk_key: quality, level })),
    show_quality_button: true,
  },
  stream_data: JSON.stringify({
    common: { session_id: '0-2026', rule_ids: '{"ab_version_trace":null}' },
    data: Object.fromEntries(
      streams.map(({ quality, bitrate, flv, hls }) => [
        quality,
        {
          main: {
            flv,
            hls,
            cmaf: '',
            dash: '',
            lls: '',
            tsl: '',
            tile: '',
            rtc: '',
            sdk_params: JSON.stringify({
              VCodec: bitrate > 0 ? 'h264' : '',
              vbitrate: bitrate,
              resolution: '',
              gop: 4,
            }),
          },
        },
      ]),
    ),
  }),
});

const user = (room: RoomFacts) => ({
  id: '6800000000000000001',
  uniqueId: room.handle,
  nickname: room.nickname,
  secUid: 'MS4wLjABAAAA',
  secret: room.secret,
  verified: false,
  roomId: room.roomId ?? '',
  signature: '',
  status: room.status,
  followStatus: 0,
});
const liveRoom = (room: RoomFacts) => ({
  coverUrl: '',
  title: room.title,
  startTime: room.startedAt,
  status: room.status,
  liveRoomStats: { userCount: room.viewers, enterCount: 4 * room.viewers },
  ...(room.streams.length > 0 ? { streamData: { pull_data: pullData(room.streams) } } : {}),
});
const stats = (room: RoomFacts) => ({ followingCount: 12, followerCount: room.followers });

const html = (...parts: string[]) =>
  `<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>TikTok LIVE</title>${parts.join('')}</head><body><div id="app"></div></body></html>`;
/** JSON as it may stand in a script: no `<` that would end it. */
const inScript = (id: string, value: unknown) =>
  `<script id="${id}" type="application/json">${JSON.stringify(value).replaceAll('<', '\\u003C').replaceAll('/', '\\u002F')}</script>`;

export const sigiPage = (room: RoomFacts): string =>
  html(
    inScript('SIGI_STATE', {
      AppContext: { lang: 'fr' },
      // The page carries every sentence it may have to show.
      I18n: { wait: 'Please wait...', private: 'This account is private' },
      LiveRoom: {
        needLogin: false,
        showLiveGate: false,
        isAgeGateRoom: room.ageGate,
        liveRoomStatus: 0,
        liveRoomUserInfo: { user: user(room), stats: stats(room), liveRoom: liveRoom(room) },
      },
    }),
  );
/** The page of an account that does not exist: its state has no room in it. */
export const emptySigiPage = (): string => html(inScript('SIGI_STATE', { AppContext: { lang: 'fr' } }));
export const universalPage = (room: RoomFacts): string =>
  html(
    inScript('__UNIVERSAL_DATA_FOR_REHYDRATION__', {
      __DEFAULT_SCOPE__: {
        'webapp.app-context': { language: 'fr' },
        'webapp.user-detail': { statusCode: 0, userInfo: { user: user(room), stats: stats(room) } },
      },
    }),
  );
export const androidPage = (roomId: string): string =>
  html(`<meta property="al:android:url" content="snssdk1233://live?room_id=${roomId}&amp;refer=web">`);
export const challengePage = (): string =>
  `<!DOCTYPE html><html><head><title>Please wait...</title></head><body><p id="cs" class="_wafchallengeid"></p><script src="https://sf16.example/SlardarWAF.js"></script></body></html>`;

export const apiLiveBody = (room: RoomFacts): string =>
  JSON.stringify({
    statusCode: 0,
    message: '',
    data: { user: user(room), stats: stats(room), liveRoom: liveRoom(room) },
    extra: { now: room.startedAt * 1000 },
  });
export const noSuchUserBody = (): string =>
  JSON.stringify({ statusCode: 19881007, message: 'user_not_found', data: {}, extra: {} });

export const checkAliveBody = (rooms: { id: string; alive: boolean }[]): string =>
  JSON.stringify({
    data: rooms.map(({ id, alive }) => ({ alive, room_id: Number(id), room_id_str: id })),
    extra: { now: 1 },
    status_code: 0,
  });
export const liveDetailBody = (room: RoomFacts): string =>
  JSON.stringify({
    status_code: 0,
    LiveRoomInfo: {
      id: room.roomId,
      status: room.status,
      title: room.title,
      ownerInfo: { nickname: room.nickname, uniqueId: room.handle },
    },
  });

export const roomInfoBody = (room: RoomFacts, form: 'sdk' | 'legacy' = 'sdk'): string => {
  const named = { sd: 'SD1', hd: 'HD1', origin: 'FULL_HD1' } as Record<string, string>;
  const legacy = (protocol: 'flv' | 'hls') =>
    Object.fromEntries(
      room.streams.flatMap((each) => (named[each.quality] ? [[named[each.quality], each[protocol]]] : [])),
    );
  return JSON.stringify({
    data: {
      id: Number(room.roomId),
      id_str: room.roomId,
      status: room.status,
      title: room.title,
      create_time: room.startedAt,
      user_count: room.viewers,
      owner: { display_id: room.handle, nickname: room.nickname, follow_info: { follower_count: room.followers } },
      stream_url:
        form === 'sdk'
          ? { live_core_sdk_data: { pull_data: pullData(room.streams) }, flv_pull_url: legacy('flv') }
          : { flv_pull_url: legacy('flv'), hls_pull_url_map: legacy('hls'), hls_pull_url: room.streams[0]?.hls ?? '' },
    },
    extra: { now: 1 },
    status_code: 0,
  });
};
export const restrictedBody = (): string =>
  JSON.stringify({
    data: { message: 'This LIVE may be inappropriate for some audiences', prompts: '' },
    extra: { now: 1 },
    status_code: 4003110,
  });
export const followersOnlyBody = (): string =>
  JSON.stringify({
    data: { prompts: 'Follow the creator to watch their LIVE' },
    extra: { now: 1 },
    status_code: 4001016,
  });
