import { isVigieError, VigieError } from '#shared/errors.ts';
import type { Clock } from '../../base/clock.ts';
import type { Net } from '../../net/net.ts';
import type { Feed, FeedItem } from '../source/feed.ts';
import { chooseRendition } from './choose-rendition.ts';
import { createDelivered } from './delivered.ts';
import { createSegmentFetcher, type Fetcher, fetchWhole } from './fetch-segment.ts';
import { largestPlaylistBytes, parsePlaylist } from './playlist.ts';
import { whereToStart, whatIsNew } from './position.ts';
import type { MediaPlaylist, PlaylistSegment } from './types.ts';

/** A playlist as it was fetched: its text, the address it came from in the end, and from how near. */
export type FetchedPlaylist = { text: string; url: string; reach: 'public' | 'private' };

const attemptsEach = 3;
const retryMs = 1_000;
/** So many segments in a row that are listed and not there mean that the stream is not there. */
const mostMissing = 5;
const shortestReloadMs = 500;
/** Answers that mean: not this segment, go on with the next. */
const missingStatuses = new Set([400, 401, 403, 404, 410, 416]);

/**
 * Reads one HLS stream. It remembers across `open` what a live already delivered, so that after an outage it goes on with the next
 * segment and says exactly what it missed.
 */
export function createHlsReader(hands: {
  net: Net;
  clock: Clock;
  allowPrivate: boolean;
  networkMs: number;
  label: string;
  /** A new address of the same stream, once, when there is one: the next list is fetched from there. */
  renewed?: () => string | null;
}): { open(playlist: FetchedPlaylist, signal: AbortSignal, heardMs: () => number): Promise<Feed> } {
  const { clock, net } = hands;
  const segments = createSegmentFetcher();
  /** Next segment wanted of a live; null before the first. */
  let next: number | null = null;
  /** When the playlist last grew, by the monotonic clock. */
  let grewAt = 0;
  /** What a live's decoders were given lately. */
  const delivered = createDelivered();
  /** Sound before the next segment that was not to be had. */
  let missedMs = 0;

  const withRetries = async <T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        const patience = isVigieError(error, 'network-failed') && error.data.retryAfterMs !== undefined;
        const passing = isVigieError(error, 'network-failed') || isVigieError(error, 'timed-out');
        if (!passing || patience || attempt === attemptsEach) throw error;
        await clock.delay(retryMs * attempt, signal);
      }
    }
  };

  const load = (url: string, by: Fetcher) =>
    withRetries(async (): Promise<FetchedPlaylist> => {
      const { bytes, finalUrl, reach } = await fetchWhole(url, null, by, largestPlaylistBytes);
      return { text: new TextDecoder().decode(bytes), url: finalUrl, reach };
    }, by.signal);

  const asMedia = (playlist: FetchedPlaylist): MediaPlaylist => {
    const parsed = parsePlaylist(playlist.text, playlist.url);
    if (parsed.kind === 'media') return parsed;
    throw new VigieError('playlist-invalid', { detail: 'nested-master' });
  };

  /** The media playlist to play, with a fetcher that may reach no further than the playlist itself did. */
  const resolve = async (given: FetchedPlaylist, signal: AbortSignal) => {
    const fetcher = (from: FetchedPlaylist, allowed: boolean): Fetcher => ({
      net,
      signal,
      networkMs: hands.networkMs,
      // A playlist of the public internet names nothing on this machine or its network, whatever the user allows.
      allowPrivate: allowed && from.reach === 'private',
    });
    const by = fetcher(given, hands.allowPrivate);
    const parsed = parsePlaylist(given.text, given.url);
    if (parsed.kind === 'media') return { media: parsed, url: given.url, by };
    const chosen = chooseRendition(parsed);
    if (chosen === null)
      throw new VigieError('source-unreadable', { source: hands.label, detail: 'no-sound-rendition' });
    const fetched = await load(chosen, by);
    return { media: asMedia(fetched), url: fetched.url, by: fetcher(fetched, by.allowPrivate) };
  };

  /** One segment's bytes; null when the server says that it is not there. */
  const fetchOne = async (segment: PlaylistSegment, by: Fetcher): Promise<Uint8Array | null> => {
    if (segment.gap) return null;
    try {
      return await withRetries(() => segments.segment(segment, by), by.signal);
    } catch (error) {
      if (isVigieError(error, 'network-failed') && missingStatuses.has(error.data.status ?? 0)) return null;
      throw error;
    }
  };

  /** Plays the wanted segments of one playlist in order. */
  const play = async function* (wanted: PlaylistSegment[], by: Fetcher, run: Run): AsyncGenerator<FeedItem> {
    for (const segment of wanted) {
      const bytes = await fetchOne(segment, by);
      if (bytes === null) {
        run.missing += 1;
        // A live whose segments are not there stands still: the watchdog says so. Its list tells whether it has ended.
        if (!run.worked && (!run.live || run.missing >= mostMissing)) throw missingError(segment);
        if (!run.live && run.missing >= mostMissing) throw missingError(segment);
        run.begun = false;
        missedMs += segment.durationMs;
      } else {
        run.missing = 0;
        const map = JSON.stringify(segment.map);
        if (missedMs > 0 || (run.begun && (segment.discontinuity || map !== run.map))) {
          run.begun = false;
          yield { missedMs };
        }
        const section = run.begun ? null : await withRetries(() => segments.map(segment, by), by.signal);
        if (section) yield section;
        run.begun = true;
        run.map = map;
        run.worked = true;
        if (run.live)
          delivered.add({
            sequence: segment.sequence,
            durationMs: segment.durationMs,
            heardMs: run.heardMs(),
            missedMs,
          });
        missedMs = 0;
        yield bytes;
      }
      next = segment.sequence + 1;
    }
  };

  const playLive = async function* (
    first: MediaPlaylist,
    url: string,
    by: Fetcher,
    heardMs: () => number,
  ): AsyncGenerator<FeedItem> {
    const run = { ...freshRun, live: true, heardMs, worked: next !== null };
    /** After an outage the first sound says how much was missed, be it nothing. */
    let announce = next !== null;
    let media = first;
    let loadedAt = clock.monotonicMs();
    if (next === null) {
      next = whereToStart(media);
      grewAt = loadedAt;
    }
    // What the last decoder died with is asked for again.
    const unheard = delivered.settle(heardMs());
    if (unheard) {
      next = unheard.sequence;
      missedMs = unheard.missedMs;
    }
    let againMs = unheard?.againMs ?? 0;
    for (;;) {
      const news = whatIsNew(media, next, loadedAt - grewAt);
      const grew = news.segments.length > 0;
      if (grew) {
        const gone = news.segments[0]?.sequence !== next;
        if (news.missedMs === null) {
          run.begun = false;
          missedMs = 0;
          yield { missedMs: null };
        } else if (announce || news.missedMs !== 0) {
          run.begun = false;
          // The heard part of a segment that left the list is not missing.
          missedMs += Math.max(0, news.missedMs - (gone ? againMs : 0));
          yield { missedMs, againMs: gone ? 0 : againMs };
          missedMs = 0;
        }
        againMs = 0;
        announce = false;
        grewAt = loadedAt;
        yield* play(news.segments, by, run);
      }
      if (media.ended) return;
      // RFC 8216 6.3.4: a target duration after a playlist that changed, half of it after one that did not.
      const pauseMs = Math.max(shortestReloadMs, media.targetDurationMs / (grew ? 1 : 2));
      await clock.delay(Math.max(0, loadedAt + pauseMs - clock.monotonicMs()), by.signal);
      loadedAt = clock.monotonicMs();
      const moved = hands.renewed?.() ?? null;
      if (moved === null) media = asMedia(await load(url, by));
      else
        ({ media, url, by } = await resolve(await load(moved, { ...by, allowPrivate: hands.allowPrivate }), by.signal));
    }
  };

  return {
    async open(playlist, signal, heardMs) {
      const { media, url, by } = await resolve(playlist, signal);
      const durationMs = media.segments.reduce((sum, segment) => sum + segment.durationMs, 0);
      const { targetDurationMs } = media;
      if (media.ended && next === null) {
        const items = play(media.segments, by, { ...freshRun });
        return { kind: 'on-demand', durationMs, targetDurationMs, items: forgetting(items) };
      }
      return { kind: 'live', durationMs: null, targetDurationMs, items: playLive(media, url, by, heardMs) };
    },
  };

  /** An on-demand stream starts at its beginning each time. */
  async function* forgetting(items: AsyncGenerator<FeedItem>): AsyncGenerator<FeedItem> {
    try {
      yield* items;
    } finally {
      next = null;
    }
  }
}

/** State of one connection. `begun`: the current decoder has had its initialization section. */
type Run = {
  live: boolean;
  begun: boolean;
  map: string;
  missing: number;
  worked: boolean;
  heardMs: () => number;
};
const freshRun: Run = { live: false, begun: false, map: 'null', missing: 0, worked: false, heardMs: () => 0 };

function missingError(segment: PlaylistSegment): VigieError {
  return new VigieError('network-failed', {
    host: new URL(segment.url).host,
    detail: 'segments-missing',
    status: 404,
  });
}
