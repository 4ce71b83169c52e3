import { isVigieError, VigieError } from '#shared/errors.ts';
import type { Clock } from '../../base/clock.ts';
import { type Net, type NetResponse, statusError } from '../../net/net.ts';
import { largestPlaylistBytes } from '../hls/playlist.ts';
import { createHlsReader } from '../hls/reader.ts';
import { isLinkDown } from '../verdicts.ts';
import { containerBytes, refuseLateIndex } from './container-bytes.ts';
import type { Feed, OpenableSource } from './feed.ts';
import { type LiveMemory, liveFeed, nothingMore } from './live-memory.ts';
import { type Peeked, peek } from './peek.ts';
import { readResumably } from './resumable.ts';
import { sniff } from './sniff.ts';

export type UrlHands = { net: Net; clock: Clock; networkMs: number; random: () => number };

/** A stream whose address changes and whose end somebody else judges. */
export type Broadcast = { label: string; address: () => string; renewed: () => string | null };

/** Enough to tell formats apart of what is live for sure, without waiting for more of it. */
const broadcastHeadBytes = 512;
/** Enough to tell formats apart, and two connections to a live from two deliveries of one file. */
const headBytes = 8 * 1024;
/** Silence of a live is the stall watchdog's business; this only frees a socket that nobody watches. */
const liveIdleMs = 120_000;

/** The address as people and errors may see it: no query, where tokens live, and no credentials. */
export function addressLabel(url: string): string {
  if (!URL.canParse(url)) return 'url';
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

/** An http(s) address: a file (has a length: on-demand), an endless stream (FLV, Icecast, TS: live) or HLS. A broadcast is always live. */
export function urlSource(given: string | Broadcast, allowPrivate: boolean, hands: UrlHands): OpenableSource {
  const broadcast = typeof given === 'string' ? null : given;
  const label = typeof given === 'string' ? addressLabel(given) : given.label;
  const address = typeof given === 'string' ? () => given : given.address;
  const hls = createHlsReader({ ...hands, allowPrivate, label, renewed: broadcast?.renewed });
  const memory: LiveMemory = { head: null, endedCleanly: false, attempts: 0 };

  const request = async (signal: AbortSignal): Promise<NetResponse> => {
    const answer = await hands.net.get(address(), {
      allowPrivate,
      signal,
      headersTimeoutMs: hands.networkMs,
      idleTimeoutMs: liveIdleMs,
    });
    if (answer.status === 200 || answer.status === 206) return answer;
    answer.discard();
    throw statusError(new URL(answer.finalUrl).host, answer);
  };

  /** A server that answers and then sends nothing to go by is no better than one that does not answer. */
  const inTime = async <T>(answer: NetResponse, what: string, work: () => Promise<T>): Promise<T> => {
    let late = false;
    const cancel = hands.clock.schedule(hands.networkMs, () => {
      late = true;
      answer.discard();
    });
    try {
      return await work();
    } catch (error) {
      throw late ? new VigieError('timed-out', { what, limitMs: hands.networkMs }, { cause: error }) : error;
    } finally {
      cancel();
    }
  };

  const openPlaylist = async (
    answer: NetResponse,
    peeked: Peeked,
    signal: AbortSignal,
    heardMs: () => number,
  ): Promise<Feed> => {
    const pieces: Uint8Array[] = [];
    let size = 0;
    await inTime(answer, 'playlist', async () => {
      for await (const piece of peeked.bytes) {
        pieces.push(piece);
        size += piece.length;
        if (size > largestPlaylistBytes)
          throw new VigieError('too-large', { what: 'playlist', limitBytes: largestPlaylistBytes });
      }
    });
    const text = new TextDecoder().decode(Buffer.concat(pieces));
    return hls.open({ text, url: answer.finalUrl, reach: answer.reach }, signal, heardMs);
  };

  const openFile = async (
    answer: NetResponse,
    peeked: Peeked,
    sizeBytes: number,
    signal: AbortSignal,
  ): Promise<Feed> => {
    const feed = { kind: 'on-demand', targetDurationMs: null } as const;
    if (answer.headers['accept-ranges'] !== 'bytes') {
      refuseLateIndex(label, peeked.head, sizeBytes);
      return { ...feed, durationMs: null, items: peeked.bytes };
    }
    peeked.discard();
    const etag = answer.headers.etag;
    const validator = etag && !etag.startsWith('W/') ? etag : (answer.headers['last-modified'] ?? null);
    const resource = { url: address(), allowPrivate, validator };
    const read = (from: number, to: number) => readResumably(resource, from, to, { ...hands, signal });
    const { bytes, durationMs } = await containerBytes({ label, sizeBytes, read });
    return { ...feed, durationMs, items: bytes };
  };

  return {
    label,
    reopens: true,
    async open(signal, heardMs) {
      let answer: NetResponse;
      try {
        answer = await request(signal);
      } catch (error) {
        // Only what the server says counts: without a network of our own nothing was asked.
        const said = isVigieError(error) && !isLinkDown(error) && !isVigieError(error, 'timed-out');
        if (said && memory.endedCleanly && (memory.attempts += 1) >= 3) return nothingMore();
        throw error;
      }
      const peeked = await inTime(answer, 'first bytes', () =>
        peek(answer, broadcast ? broadcastHeadBytes : headBytes),
      );
      const found = sniff(peeked.head, answer.headers['content-type'] ?? '');
      if (found.kind === 'unsupported') {
        peeked.discard();
        throw new VigieError('source-unsupported', { source: label, detail: found.detail });
      }
      if (found.kind === 'playlist') return openPlaylist(answer, peeked, signal, heardMs);
      if (peeked.head.length === 0 && memory.head === null) throw new VigieError('source-empty', { source: label });
      if (broadcast) return { kind: 'live', durationMs: null, targetDurationMs: null, items: peeked.bytes };
      const length = Number(answer.headers['content-length'] ?? Number.NaN);
      if (Number.isSafeInteger(length)) return openFile(answer, peeked, length, signal);
      return liveFeed(memory, peeked, new URL(answer.finalUrl).host);
    },
  };
}
