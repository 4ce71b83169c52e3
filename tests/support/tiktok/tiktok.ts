import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../../engine/base/clock.ts';
import { demoLive, ffmpegPath } from '../engine-options.ts';
import { startOrigin } from '../origin/origin.ts';
import { makeSound, playFlv, roomPlaylist, segmentOf, type Sound } from './broadcast.ts';
import { answerFault, type Fault } from './faults.ts';
import * as wire from './wire.ts';

type Step = 'page' | 'api-live' | 'check-alive' | 'live-detail' | 'room-info' | 'short-link';
type Protocol = 'flv' | 'hls';

/** One question that was put to the platform. `at`: wall time of its clock, epoch ms. */
export type Asked = { at: number; step: Step; about: string; status: number };
/** One attempt to listen. */
export type Listened = { at: number; roomId: string; quality: string; protocol: Protocol; status: number };

type Room = { id: string; startedMs: number; over: boolean; listeners: Set<ServerResponse> };

/** What is true of an account, beyond the facts that the bodies carry. */
type Account = wire.RoomFacts & {
  page: 'sigi' | 'universal' | 'android' | 'bare';
  infoForm: 'sdk' | 'legacy';
  /** Streams are told on the page and by api-live too, not by room info alone. */
  streamsOnPage: boolean;
  restricted: boolean;
  qualities: { quality: string; level: number; bitrate: number; flv: boolean; hls: boolean }[];
  fault: { fault: Fault; until: number; retryAfterS: number | null; steps: Step[] | null } | null;
  /** What the page and api-live go on saying, as a cache does. */
  cached: wire.RoomFacts | null;
};

export type AccountDouble = {
  handle: string;
  /** Changes what is true of it. */
  set(more: Partial<Omit<Account, 'streams' | 'fault' | 'cached'>>): void;
  /** A broadcast begins in a new room. @returns the room's id */
  goLive(): string;
  /** The broadcast goes on under another room id; who listens to the old one is cut off. */
  changeRoom(): string;
  /** `hang`: who listens hears nothing more and is not told. */
  end(how?: 'close' | 'hang'): void;
  /** Breaks the connections of who listens; the broadcast goes on. */
  drop(): void;
  room(): string | null;
  /** The page and api-live go on saying what is true now, whatever happens. */
  freezePage(): void;
  /** Only this account's answers are broken. */
  break(fault: Fault, options?: { forMs?: number; retryAfterS?: number; steps?: Step[] }): void;
  mend(): void;
};

/** A server that speaks TikTok's wire format, on this machine. Every account on it obeys the test. */
export type TikTok = AsyncDisposable & {
  /** Where its pages and its `webcast` calls live, for `EngineOptions.platforms`. */
  origins: { page: string; webcast: string; short: string };
  account(handle: string, more?: Partial<Account>): AccountDouble;
  /** The platform answers everybody like this for a while (`forMs` of its clock; absent: until `unblock`). */
  block(fault: Fault, options?: { forMs?: number; retryAfterS?: number }): void;
  unblock(): void;
  /** Stream addresses given from now on are good for this long. */
  signFor(ms: number): void;
  /** Every stream address given so far is refused from now on; who listens already stays connected. */
  expireAll(): void;
  /** This quality is listed and not there (404). */
  refuse(quality: string): void;
  /** An address at which an account that is on air can be heard. */
  addressOf(handle: string, quality: string, protocol: Protocol): string;
  /** A short link of the phone's app that leads to this address. @returns the link as it is shared */
  shortLink(code: string, leadsTo: string): string;
  /** Every question so far, in order. */
  asked: Asked[];
  listened: Listened[];
  /** Numbers of the HLS segments that were fetched, in order. */
  segments: number[];
  /** The whole machine is gone, and comes back. */
  down(): void;
  up(): void;
};

const qualities: Account['qualities'] = [
  { quality: 'origin', level: 10, bitrate: 3_000_000, flv: true, hls: true },
  { quality: 'ld', level: 1, bitrate: 500_000, flv: true, hls: true },
  { quality: 'ao', level: -1, bitrate: 0, flv: true, hls: false },
];

let sounds: Promise<Sound> | null = null;
/** The French demo live, made once for all tests of a file and only when somebody listens. */
const theSound = (): Promise<Sound> => (sounds ??= makeSound({ ffmpeg: ffmpegPath, input: demoLive, seconds: 60 }));

export async function startTikTok(clock: Clock): Promise<TikTok> {
  const origin = await startOrigin();
  const accounts = new Map<string, Account>();
  const rooms = new Map<string, Room>();
  const links = new Map<string, string>();
  const asked: Asked[] = [];
  const listened: Listened[] = [];
  const segments: number[] = [];
  let block: Account['fault'] = null;
  let signedForMs = 14 * 24 * 3_600_000;
  const refused = new Set<string>();
  let epoch = 0;
  let made = 0;

  const sign = (path: string, expire: string) =>
    createHash('sha256').update(`${epoch} ${path} ${expire}`).digest('hex').slice(0, 32);
  const signed = (path: string) => {
    const expire = String(Math.floor((clock.now() + signedForMs) / 1000));
    return origin.url(`${path}?expire=${expire}&sign=${sign(path, expire)}`);
  };
  const factsOf = (account: Account, withStreams: boolean): wire.RoomFacts => {
    const offers = withStreams && account.status === 2 && !account.restricted ? account.qualities : [];
    const streams = offers.map(({ quality, level, bitrate, flv, hls }) => ({
      quality,
      level,
      bitrate,
      flv: flv ? signed(`/stage/stream-${account.roomId}_${quality}.flv`) : '',
      hls: hls ? signed(`/stage/stream-${account.roomId}_${quality}/index.m3u8`) : '',
    }));
    return { ...account, ageGate: account.ageGate || account.restricted, streams };
  };
  const accountOfRoom = (roomId: string) => [...accounts.values()].find((each) => each.roomId === roomId);
  /** A room that its account has left has ended. */
  const factsOfRoom = (roomId: string): wire.RoomFacts | null => {
    const account = accountOfRoom(roomId);
    if (account) return factsOf(account, true);
    return rooms.has(roomId) ? wire.roomFacts({ roomId, status: 4 }) : null;
  };

  const bodyOf = (step: Step, about: string): { type: string; body: string } => {
    const json = (body: string) => ({ type: 'application/json; charset=utf-8', body });
    const html = (body: string) => ({ type: 'text/html; charset=utf-8', body });
    const account = accounts.get(about.toLowerCase());
    const facts = account && (account.cached ?? factsOf(account, account.streamsOnPage));
    const room = factsOfRoom(about);
    switch (step) {
      case 'page':
        if (!account || !facts || account.page === 'bare') return html(wire.emptySigiPage());
        if (account.page === 'sigi') return html(wire.sigiPage(facts));
        return html(account.page === 'universal' ? wire.universalPage(facts) : wire.androidPage(account.roomId ?? '0'));
      case 'api-live':
        return json(facts ? wire.apiLiveBody(facts) : wire.noSuchUserBody());
      case 'check-alive':
        return json(wire.checkAliveBody(room ? [{ id: about, alive: room.status === 2 }] : []));
      case 'live-detail':
        return json(room ? wire.liveDetailBody(room) : '{"status_code":10201}');
      case 'room-info': {
        const owner = accountOfRoom(about);
        if (owner?.restricted) return json(wire.restrictedBody());
        return json(
          room
            ? wire.roomInfoBody(room, owner?.infoForm)
            : '{"data":{"message":"room has finished"},"status_code":30003}',
        );
      }
      case 'short-link':
        return html('');
    }
  };

  const answer = (step: Step, about: string, response: ServerResponse) => {
    const own = accounts.get(about.toLowerCase()) ?? accountOfRoom(about);
    const fault = [block, own?.fault].find(
      (each) => each && clock.now() < each.until && (each.steps === null || each.steps.includes(step)),
    );
    const note = () => asked.push({ at: clock.now(), step, about, status: response.statusCode });
    if (fault && answerFault(fault.fault, response, fault.retryAfterS)) return void note();
    if (step === 'short-link') {
      const leadsTo = links.get(about);
      response.writeHead(leadsTo ? 301 : 404, leadsTo ? { location: leadsTo } : {}).end();
      return void note();
    }
    const { type, body } = bodyOf(step, about);
    const cut = fault?.fault === 'truncated' ? body.slice(0, body.length / 2) : body;
    response
      .writeHead(200, { 'content-type': type, 'set-cookie': 'ttwid=1%7Cabc; Domain=.tiktok.com; HttpOnly' })
      .end(cut);
    return void note();
  };

  const listen = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', origin.url('/'));
    const match = /^\/stage\/stream-(\d+)_(\w+)(\.flv|\/index\.m3u8|\/seg-(\d+)\.ts)$/.exec(url.pathname);
    const room = rooms.get(match?.[1] ?? '');
    if (!match || !room) return void response.writeHead(404).end();
    const sound = await theSound();
    if (match[4] !== undefined) {
      segments.push(Number(match[4]));
      return void response
        .writeHead(200, { 'content-type': 'video/mp2t' })
        .end(segmentOf(sound.hls, Number(match[4])).bytes);
    }
    const expire = url.searchParams.get('expire') ?? '';
    const fresh = Number(expire) * 1000 > clock.now() && url.searchParams.get('sign') === sign(url.pathname, expire);
    const protocol = match[3] === '.flv' ? 'flv' : 'hls';
    const absent = refused.has(match[2] ?? '') || (room.over && protocol === 'flv');
    const status = !fresh ? 403 : absent ? 404 : 200;
    listened.push({ at: clock.now(), roomId: room.id, quality: match[2] ?? '', protocol, status });
    if (status !== 200) return void response.writeHead(status).end();
    const positionMs = () => clock.monotonicMs() - room.startedMs;
    if (protocol === 'hls') {
      const type = { 'content-type': 'application/vnd.apple.mpegurl' };
      return void response.writeHead(200, type).end(roomPlaylist(sound.hls, positionMs(), room.over));
    }
    room.listeners.add(response);
    response.once('close', () => room.listeners.delete(response));
    return playFlv(sound.flv, clock, { positionMs, over: () => room.over }, response);
  };

  origin.otherwise((request, response) => {
    const url = new URL(request.url ?? '/', origin.url('/'));
    const page = /^\/@([^/]+)\/live$/.exec(url.pathname);
    const query = (name: string) => url.searchParams.get(name) ?? '';
    if (page) return answer('page', decodeURIComponent(page[1] ?? ''), response);
    if (url.pathname === '/api-live/user/room/') return answer('api-live', query('uniqueId'), response);
    if (url.pathname === '/webcast/room/check_alive/') return answer('check-alive', query('room_ids'), response);
    if (url.pathname === '/api/live/detail/') return answer('live-detail', query('roomID'), response);
    if (url.pathname === '/webcast/room/info/') return answer('room-info', query('room_id'), response);
    if (url.pathname.startsWith('/link/'))
      return answer('short-link', url.pathname.slice('/link/'.length).replace(/\/$/, ''), response);
    return listen(request, response);
  });

  const faultOf = (fault: Fault, options: { forMs?: number; retryAfterS?: number; steps?: Step[] } = {}) => ({
    fault,
    until: options.forMs === undefined ? Number.POSITIVE_INFINITY : clock.now() + options.forMs,
    retryAfterS: options.retryAfterS ?? null,
    steps: options.steps ?? null,
  });

  const double = (account: Account): AccountDouble => {
    const openRoom = (startedMs: number) => {
      const id = String(7_300_000_000_000_000_001n + BigInt((made += 1)));
      rooms.set(id, { id, startedMs, over: false, listeners: new Set() });
      account.roomId = id;
      account.status = 2;
      return id;
    };
    const current = () => rooms.get(account.roomId ?? '');
    const close = (how: 'close' | 'hang') => {
      const room = current();
      if (!room) return;
      room.over = true;
      if (how === 'close') for (const listener of room.listeners) listener.end();
    };
    return {
      handle: account.handle,
      set: (more) => void Object.assign(account, more),
      goLive() {
        account.startedAt = Math.floor(clock.now() / 1000);
        return openRoom(clock.monotonicMs());
      },
      changeRoom() {
        const startedMs = current()?.startedMs ?? clock.monotonicMs();
        close('close');
        return openRoom(startedMs);
      },
      end(how = 'close') {
        close(how);
        account.status = 4;
      },
      drop() {
        for (const listener of current()?.listeners ?? []) listener.destroy();
      },
      room: () => account.roomId,
      freezePage() {
        account.cached = factsOf(account, account.streamsOnPage);
      },
      break(fault, options) {
        account.fault = faultOf(fault, options);
      },
      mend() {
        account.fault = null;
      },
    };
  };

  return {
    origins: { page: origin.url(''), webcast: origin.url(''), short: origin.url('/link') },
    account(handle, more = {}) {
      const account: Account = {
        ...wire.roomFacts({ handle, roomId: null, status: 4 }),
        page: 'sigi',
        infoForm: 'sdk',
        streamsOnPage: true,
        restricted: false,
        qualities,
        fault: null,
        cached: null,
        ...more,
      };
      accounts.set(handle.toLowerCase(), account);
      return double(account);
    },
    block(fault, options) {
      block = faultOf(fault, options);
    },
    unblock() {
      block = null;
    },
    signFor(ms) {
      signedForMs = ms;
    },
    expireAll() {
      epoch += 1;
    },
    refuse: (quality) => void refused.add(quality),
    addressOf(handle, quality, protocol) {
      const roomId = accounts.get(handle.toLowerCase())?.roomId;
      return signed(`/stage/stream-${roomId}_${quality}${protocol === 'flv' ? '.flv' : '/index.m3u8'}`);
    },
    shortLink(code, leadsTo) {
      links.set(code, leadsTo);
      return `https://vm.tiktok.com/${code}/`;
    },
    asked,
    listened,
    segments,
    down: origin.down,
    up: origin.up,
    [Symbol.asyncDispose]: () => origin[Symbol.asyncDispose](),
  };
}
