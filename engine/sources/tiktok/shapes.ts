import { z } from 'zod';

// Every field may be missing or of another type in the next version of the platform: what cannot be used reads as null.

const controls = /[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]+/g;
const longestText = 300;

/** Words written by strangers: bounded, on one line, without marks that turn or hide text. */
export const words = z
  .string()
  .transform(
    (text) =>
      text
        .slice(0, 4 * longestText)
        .replace(controls, ' ')
        .trim()
        .slice(0, longestText) || null,
  )
  .nullable()
  .catch(null);

/** Ids are longer than a JSON number can hold: only text is exact. `0` and an empty text mean none. */
export const roomId = z
  .string()
  .regex(/^[1-9]\d{4,29}$/)
  .nullable()
  .catch(null);

export const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).nullable().catch(null);
export const status = z.number().int().nullable().catch(null);
/** Unix seconds as epoch ms; null where no clock can have said so. */
export const seconds = z
  .number()
  .int()
  .min(1_000_000_000)
  .max(10_000_000_000)
  .transform((at) => at * 1000)
  .nullable()
  .catch(null);
export const flag = z.boolean().catch(false);

const pullData = z
  .object({
    stream_data: z.string().catch(''),
    options: z
      .object({
        qualities: z.array(z.object({ sdk_key: z.string(), level: z.number().int() }).nullable().catch(null)).catch([]),
      })
      .catch({ qualities: [] }),
  })
  .nullable()
  .catch(null);
export type PullData = NonNullable<z.infer<typeof pullData>>;

/** `hasNoRoom`: it says so. A room that is not mentioned, or cannot be read, is another matter. */
export const roomUser = z
  .object({ uniqueId: words, nickname: words, roomId: z.string().nullable().catch(null), status, secret: flag })
  .transform((user) => ({
    ...user,
    hasNoRoom: user.roomId === '' || user.roomId === '0',
    roomId: roomId.parse(user.roomId),
  }));

/** The room as the page and api-live describe it. */
export const webRoom = z
  .object({
    title: words,
    status,
    startTime: seconds,
    liveRoomStats: z.object({ userCount: count }).nullable().catch(null),
    streamData: z.object({ pull_data: pullData }).nullable().catch(null),
  })
  .nullable()
  .catch(null);

const userStats = z.object({ followerCount: count }).nullable().catch(null);
export const roomUserInfo = z.object({ user: roomUser, stats: userStats, liveRoom: webRoom });
export type RoomUserInfo = z.infer<typeof roomUserInfo>;

export const apiLive = z.object({
  statusCode: status,
  data: z
    .object({ user: roomUser.nullable().catch(null), stats: userStats, liveRoom: webRoom })
    .nullable()
    .catch(null),
});

export const checkAlive = z.object({
  status_code: status,
  data: z
    .array(z.object({ alive: z.boolean(), room_id_str: roomId }).nullable().catch(null))
    .nullable()
    .catch(null),
});

export const liveDetail = z.object({
  status_code: status,
  LiveRoomInfo: z
    .object({ status, title: words, ownerInfo: z.object({ nickname: words }).nullable().catch(null) })
    .nullable()
    .catch(null),
});

const addressMap = z.record(z.string(), z.string().nullable().catch(null)).catch({});
export const streamUrl = z
  .object({
    live_core_sdk_data: z.object({ pull_data: pullData }).nullable().catch(null),
    flv_pull_url: addressMap,
    hls_pull_url_map: addressMap,
    hls_pull_url: z.string().nullable().catch(null),
  })
  .nullable()
  .catch(null);
export type StreamUrl = NonNullable<z.infer<typeof streamUrl>>;

export const roomInfo = z.object({
  status_code: status,
  data: z
    .object({
      id_str: roomId,
      status,
      title: words,
      create_time: seconds,
      user_count: count,
      owner: z.object({ display_id: words, nickname: words }).nullable().catch(null),
      stream_url: streamUrl,
      message: words,
      prompts: words,
    })
    .nullable()
    .catch(null),
});

/** The content of `stream_data`, which is JSON inside a JSON text. */
export const streamData = z.object({
  data: z.record(
    z.string(),
    z
      .object({
        main: z.object({
          flv: z.string().nullable().catch(null),
          hls: z.string().nullable().catch(null),
          sdk_params: z.string().catch(''),
        }),
      })
      .nullable()
      .catch(null),
  ),
});

/** The content of `sdk_params`, JSON once more. */
export const sdkParams = z.object({ vbitrate: z.number().nonnegative().nullable().catch(null) });

const longestJson = 4 * 1024 * 1024;

/** The text as JSON of this shape; null when it is none. */
export function readJson<T>(text: string, shape: z.ZodType<T>): T | null {
  if (text.length > longestJson) return null;
  try {
    return shape.safeParse(JSON.parse(text)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
