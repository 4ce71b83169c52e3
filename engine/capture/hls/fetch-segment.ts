import { createDecipheriv } from 'node:crypto';
import { VigieError } from '#shared/errors.ts';
import { type Net, statusError } from '../../net/net.ts';
import type { ByteRange, PlaylistSegment } from './types.ts';

/** A segment is held in memory until it is whole, so that a broken one can be fetched again without doubled bytes. */
const largestSegmentBytes = 128 * 1024 * 1024;
const largestKeyBytes = 1024;

export type Fetcher = {
  net: Net;
  allowPrivate: boolean;
  signal: AbortSignal;
  /** Longest silence of the server. */
  networkMs: number;
};

/** The whole content of an address; rejects with the network's errors, `network-failed` carrying the status when it is not 2xx. */
export async function fetchWhole(
  url: string,
  range: ByteRange | null,
  by: Fetcher,
  maxBytes: number,
): Promise<{ bytes: Uint8Array; finalUrl: string; reach: 'public' | 'private'; type: string }> {
  const answer = await by.net.get(url, {
    allowPrivate: by.allowPrivate,
    signal: by.signal,
    maxBytes,
    headersTimeoutMs: by.networkMs,
    idleTimeoutMs: by.networkMs,
    range: range ? { from: range.from, to: range.from + range.length - 1 } : undefined,
  });
  const pieces: Uint8Array[] = [];
  for await (const piece of answer.body) pieces.push(piece);
  const host = new URL(answer.finalUrl).host;
  if (answer.status < 200 || answer.status > 299) {
    throw statusError(host, answer);
  }
  const all = Buffer.concat(pieces);
  // A server that ignores Range sends everything.
  const bytes = range && answer.status === 200 ? all.subarray(range.from, range.from + range.length) : all;
  if (range && bytes.length !== range.length)
    throw new VigieError('network-failed', { host, detail: 'wrong-byte-range' });
  return { bytes, finalUrl: answer.finalUrl, reach: answer.reach, type: answer.headers['content-type'] ?? '' };
}

/** Fetches segments, their initialization sections and keys; remembers the last section and key. */
export function createSegmentFetcher(): {
  map(segment: PlaylistSegment, by: Fetcher): Promise<Uint8Array | null>;
  segment(segment: PlaylistSegment, by: Fetcher): Promise<Uint8Array>;
} {
  const kept = new Map<'map' | 'key', { name: string; bytes: Uint8Array }>();
  const once = async (what: 'map' | 'key', url: string, range: ByteRange | null, by: Fetcher, maxBytes: number) => {
    const name = JSON.stringify([url, range]);
    const known = kept.get(what);
    if (known?.name === name) return known.bytes;
    const { bytes } = await fetchWhole(url, range, by, maxBytes);
    kept.set(what, { name, bytes });
    return bytes;
  };

  return {
    map: async ({ map }, by) => (map ? once('map', map.url, map.byteRange, by, largestSegmentBytes) : null),
    async segment(segment, by) {
      const { bytes } = await fetchWhole(segment.url, segment.byteRange, by, largestSegmentBytes);
      if (!segment.key) return bytes;
      const key = await once('key', segment.key.url, null, by, largestKeyBytes);
      return decrypt(bytes, key, segment.key.iv ?? sequenceVector(segment.sequence), segment.url);
    },
  };
}

/** AES-128-CBC with PKCS7 padding (RFC 8216 4.3.2.4). */
function decrypt(bytes: Uint8Array, key: Uint8Array, iv: Uint8Array, url: string): Uint8Array {
  const { host } = new URL(url);
  try {
    const decipher = createDecipheriv('aes-128-cbc', key, iv);
    return Buffer.concat([decipher.update(bytes), decipher.final()]);
  } catch (cause) {
    throw new VigieError('network-failed', { host, detail: 'not-decryptable' }, { cause });
  }
}

function sequenceVector(sequence: number): Uint8Array {
  const vector = Buffer.alloc(16);
  vector.writeBigUInt64BE(BigInt(sequence), 8);
  return vector;
}
