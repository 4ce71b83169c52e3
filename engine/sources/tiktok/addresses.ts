/** Where the platform lives. Other values only to point at a server of one's own, in tests. */
export type TikTokOrigins = {
  page: string;
  webcast: string;
  /** Of short links; their own hosts when absent. */ short?: string;
};

export const tiktokOrigins: TikTokOrigins = { page: 'https://www.tiktok.com', webcast: 'https://webcast.tiktok.com' };

/** The id of the web application, which every call carries. */
const aid = '1988';

export function addressesOf(origins: TikTokOrigins) {
  const address = (origin: string, path: string, query: Record<string, string>) =>
    `${origin}${path}?${new URLSearchParams({ aid, ...query }).toString()}`;
  return {
    shortLink: (link: string) => (origins.short === undefined ? link : `${origins.short}${new URL(link).pathname}`),
    page: (handle: string) => `${origins.page}/@${encodeURIComponent(handle)}/live`,
    apiLive: (handle: string) =>
      address(origins.page, '/api-live/user/room/', {
        uniqueId: handle,
        sourceType: '54',
        app_language: 'fr',
        browser_language: 'fr-FR',
        device_platform: 'web_pc',
        user_is_login: 'false',
      }),
    checkAlive: (roomId: string) => address(origins.webcast, '/webcast/room/check_alive/', { room_ids: roomId }),
    liveDetail: (roomId: string) => address(origins.page, '/api/live/detail/', { roomID: roomId }),
    roomInfo: (roomId: string) => address(origins.webcast, '/webcast/room/info/', { room_id: roomId }),
  };
}
