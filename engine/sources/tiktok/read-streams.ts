import { classifyAddress } from '../../net/address.ts';
import type { Rendition } from '../resolver.ts';
import { type PullData, readJson, sdkParams, streamData, type StreamUrl } from './shapes.ts';

const longestAddress = 4_096;
const mostQualities = 32;

/** Names of pictures from the smallest up, in both vocabularies of the platform; a name that is not here comes after them. */
const sizes = ['sd1', 'ld', 'sd2', 'sd', 'hd1', 'hd', 'full_hd1', 'uhd', 'origin'];

type Found = { rendition: Rendition; level: number };

/**
 * What a room offers to hear, best first. Sound alone (`ao`) before any picture, since pictures are thrown away here and cost many
 * times the bytes; then the smallest picture. Of one quality FLV comes before HLS: the sound-only rendition exists as FLV alone, one
 * connection outlives its address and the budget, and it is several segments closer to now.
 */
export function readStreams(pull: PullData | null, legacy: StreamUrl | null, allowPrivate: boolean): Rendition[] {
  const modern = fromPullData(pull, allowPrivate);
  // The older names repeat the same addresses on a scale of their own.
  const found = modern.length > 0 ? modern : fromLegacy(legacy, allowPrivate);
  const known = new Set<string>();
  return found
    .sort((a, b) => Number(b.rendition.audio) - Number(a.rendition.audio) || a.level - b.level)
    .map(({ rendition }) => rendition)
    .filter(({ url }) => !known.has(url) && known.add(url));
}

function fromPullData(pull: PullData | null, allowPrivate: boolean): Found[] {
  const data = pull && readJson(pull.stream_data, streamData)?.data;
  const entries = Object.entries(data ?? {}).slice(0, mostQualities);
  const levels = new Map(pull?.options.qualities.flatMap((each) => (each ? [[each.sdk_key, each.level]] : [])));
  // The platform's own levels, unless they leave a picture out: two scales do not compare.
  const told = entries.every(([quality]) => quality === 'ao' || levels.has(quality))
    ? levels
    : new Map<string, number>();
  return entries.flatMap(([quality, offer]) => {
    if (!offer) return [];
    const bitrate = readJson(offer.main.sdk_params, sdkParams)?.vbitrate ?? 0;
    const place = sizes.indexOf(quality.toLowerCase());
    // Megabits only decide between qualities that neither list knows.
    const level = (told.get(quality) ?? (place < 0 ? sizes.length : place)) + Math.min(bitrate / 1e9, 0.9);
    return bothProtocols(quality, level, offer.main, allowPrivate);
  });
}

function fromLegacy(legacy: StreamUrl | null, allowPrivate: boolean): Found[] {
  const names = Object.entries(legacy?.flv_pull_url ?? {}).slice(0, mostQualities);
  const perName = names.flatMap(([quality, flv]) => {
    const place = sizes.indexOf(quality.toLowerCase());
    const hls = legacy?.hls_pull_url_map[quality] ?? null;
    return bothProtocols(quality, place < 0 ? sizes.length : place, { flv, hls }, allowPrivate);
  });
  const all = bothProtocols('hls', sizes.length, { flv: null, hls: legacy?.hls_pull_url ?? null }, allowPrivate);
  return [...perName, ...all];
}

function bothProtocols(
  quality: string,
  level: number,
  urls: { flv: string | null; hls: string | null },
  allowPrivate: boolean,
): Found[] {
  return (['flv', 'hls'] as const).flatMap((protocol) => {
    const url = usableAddress(urls[protocol], allowPrivate);
    if (!url) return [];
    const audio = quality.toLowerCase() === 'ao' || url.searchParams.get('only_audio') === '1';
    const rendition = { url: url.href, protocol, quality: quality.slice(0, 40), audio, expiresAt: expiryOf(url) };
    return [{ rendition, level }];
  });
}

/**
 * The address, when it is one of the public internet as far as its text shows. The guard of the network judges once more what a name
 * leads to.
 */
function usableAddress(text: string | null, allowPrivate: boolean): URL | null {
  if (!text || text.length > longestAddress || !URL.canParse(text)) return null;
  const url = new URL(text);
  if ((url.protocol !== 'https:' && url.protocol !== 'http:') || url.username || url.password) return null;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const literal = /^[\d.]+$/.test(host) || host.includes(':');
  const isPublic = literal ? classifyAddress(host).reach === 'public' : !/^(.+\.)?localhost\.?$/.test(host);
  return isPublic || allowPrivate ? url : null;
}

/** `expire`: unix seconds after which the signature is refused. */
function expiryOf(url: URL): number | null {
  const text = url.searchParams.get('expire') ?? '';
  return /^\d{10}$/.test(text) ? Number(text) * 1000 : null;
}
