import { type ResolverStep, resolverSteps } from '#shared/model/watch.ts';
import type { Clock } from '../../base/clock.ts';
import type { Presence, Rendition, Resolver } from '../resolver.ts';
import { addressesOf, type TikTokOrigins, tiktokOrigins } from './addresses.ts';
import { type Asking, createAsking } from './asking.ts';
import { readPage } from './read-page.ts';
import { readApiLive, readCheckAlive, readLiveDetail, readRoomInfo } from './read-room.ts';
import { type Reading, reading } from './reading.ts';

/**
 * TikTok, asked as a browser asks: the page, then what is needed of api-live, check_alive, live detail and room info (there is no
 * documented interface; these are the requests of the web application). It stops as soon as an answer is certain, so that the usual
 * question costs one request, and at a refusal: a block is reported, never walked around.
 */
export function createTikTokResolver(options: {
  origins?: TikTokOrigins;
  clock: Clock;
  allowPrivate?: boolean;
}): Resolver {
  const { clock, allowPrivate = false } = options;
  const at = addressesOf(options.origins ?? tiktokOrigins);

  const page = (asking: Asking, handle: string) =>
    asking.ask('page', at.page(handle), (text) => readPage(text, handle, allowPrivate));
  const apiLive = (asking: Asking, handle: string) =>
    asking.ask('api-live', at.apiLive(handle), (text) => readApiLive(text, handle, allowPrivate));
  const checkAlive = (asking: Asking, roomId: string) =>
    asking.ask('check-alive', at.checkAlive(roomId), (text) => readCheckAlive(text, roomId));
  const liveDetail = (asking: Asking, roomId: string) =>
    asking.ask('live-detail', at.liveDetail(roomId), (text) => readLiveDetail(text, roomId));
  const roomInfo = (asking: Asking, roomId: string) =>
    asking.ask('room-info', at.roomInfo(roomId), (text) => readRoomInfo(text, roomId, allowPrivate));

  /** Certain, or hopeless: nothing more is asked. */
  const settled = (asking: Asking, found: Reading) => found.state !== null || asking.problem() !== null;

  /** The account by its name. */
  const find = async (asking: Asking, handle: string): Promise<Reading> => {
    let found = await page(asking, handle);
    if (settled(asking, found)) return found;
    found = merge(found, await apiLive(asking, handle));
    if (settled(asking, found) || found.roomId === null) return found;
    found = merge(found, await checkAlive(asking, found.roomId));
    if (settled(asking, found) || found.roomId === null) return found;
    return merge(found, await liveDetail(asking, found.roomId));
  };

  return {
    async presence(handle, get, signal) {
      const asking = createAsking(clock, get, signal);
      const found = await find(asking, handle);
      return { presence: presenceOf(found, asking), steps: inOrder(asking.steps) };
    },
    async streams({ handle, roomId }, get, signal) {
      const asking = createAsking(clock, get, signal);
      let found = roomId === null ? await find(asking, handle) : await roomInfo(asking, roomId);
      // The room that was known has ended or does not answer: the account may be live in another one.
      if (roomId !== null && !asking.problem() && (found.state === 'hors_ligne' || found.state === null))
        found = await elsewhere(asking, handle, roomId, found);
      const silent = found.state === 'en_ligne' && found.renditions.length === 0;
      if (silent && found.roomId !== null && found.roomId !== roomId)
        found = merge(found, await roomInfo(asking, found.roomId));
      const presence = presenceOf(found, asking);
      const renditions = presence.state === 'en_ligne' ? found.renditions : [];
      return { presence, renditions, steps: inOrder([...asking.steps, streamStep(renditions, clock)]) };
    },
  };

  async function elsewhere(asking: Asking, handle: string, roomId: string, ended: Reading): Promise<Reading> {
    const found = await find(asking, handle);
    // A page may lag behind its room by minutes: of the same room, what the room itself says holds.
    const same = found.state === 'en_ligne' && found.roomId === roomId;
    return (same && ended.state !== null) || (found.state === null && ended.state !== null) ? ended : found;
  }
}

/** What the later answer says, completed by what only the earlier one told. */
function merge(earlier: Reading, later: Reading): Reading {
  const { state, reason } = later.state === null && earlier.state !== null ? earlier : later;
  return reading(state, reason, {
    roomId: later.roomId ?? earlier.roomId,
    title: later.title ?? earlier.title,
    viewers: later.viewers ?? earlier.viewers,
    startedAt: later.startedAt ?? earlier.startedAt,
    displayName: later.displayName ?? earlier.displayName,
    followers: later.followers ?? earlier.followers,
    renditions: later.renditions.length > 0 ? later.renditions : earlier.renditions,
  });
}

/** Where no answer tells, the platform is one that does not tell (`bloque`): nobody is said to be off air for it. */
function presenceOf(found: Reading, asking: Asking): Presence {
  const problem = asking.problem();
  const inRoom = found.state === 'en_ligne' || found.state === 'actif' || found.state === 'restreint';
  return {
    state: problem ? 'inconnu' : (found.state ?? 'bloque'),
    reason: problem ? 'unreachable' : found.reason,
    room:
      inRoom && found.roomId !== null && !problem
        ? { id: found.roomId, title: found.title, viewers: found.viewers, startedAt: found.startedAt }
        : null,
    displayName: found.displayName,
    followers: found.followers,
    retryAfterMs: asking.retryAfterMs(),
    problem,
  };
}

function streamStep(renditions: Rendition[], clock: Clock): ResolverStep {
  const best = renditions[0];
  if (!best) return { step: 'stream', outcome: 'no', detail: {}, tookMs: 0 };
  const { quality, protocol, audio, expiresAt } = best;
  const detail: ResolverStep['detail'] = { quality, protocol, audio, offered: renditions.length };
  if (expiresAt !== null) detail.expiresInMs = expiresAt - clock.now();
  return { step: 'stream', outcome: 'ok', detail, tookMs: 0 };
}

/** Every step in the order of the list, those that were not needed as `skipped`. */
function inOrder(steps: ResolverStep[]): ResolverStep[] {
  return resolverSteps.flatMap((step) => {
    const taken = steps.filter((each) => each.step === step);
    return taken.length > 0 ? taken : [{ step, outcome: 'skipped' as const, detail: {}, tookMs: 0 }];
  });
}
