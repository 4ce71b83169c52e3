import { isVigieError, VigieError } from '#shared/errors.ts';
import { byteRange, decimalInteger, initializationVector, parseAttributes, secondsAsMs } from './attributes.ts';
import type { AudioRendition, MasterPlaylist, MediaPlaylist, PlaylistSegment, Variant } from './types.ts';

/** A day of 2 s segments with long addresses. */
export const largestPlaylistBytes = 16 * 1024 * 1024;
const mostLines = 200_000;
const longestLine = 16 * 1024;

/**
 * Reads a playlist (RFC 8216 and its successor draft; unknown tags are passed over). `base` is the address it came from.
 * Throws `playlist-invalid` with the number of the line, `address-refused` for a scheme that is not http(s), and
 * `source-unsupported` for encryption that needs more than a key (SAMPLE-AES, DRM).
 */
export function parsePlaylist(text: string, base: string): MasterPlaylist | MediaPlaylist {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/, mostLines + 1);
  if (lines.length > mostLines) throw new VigieError('playlist-invalid', { detail: `more than ${mostLines} lines` });
  if (lines[0]?.trim() !== '#EXTM3U') throw new VigieError('playlist-invalid', { detail: 'not-m3u' });
  const isMaster = lines.some((line) => line.startsWith('#EXT-X-STREAM-INF:'));
  const reader = isMaster ? masterReader(base) : mediaReader(base);
  for (const [index, raw] of lines.entries()) {
    try {
      if (raw.length > longestLine) throw new Error('line is too long');
      const line = raw.trim();
      if (line === '' || (line.startsWith('#') && !line.startsWith('#EXT'))) continue;
      const colon = line.indexOf(':');
      if (!line.startsWith('#')) reader.address(line);
      else reader.tag(colon < 0 ? line : line.slice(0, colon), colon < 0 ? '' : line.slice(colon + 1));
    } catch (error) {
      if (isVigieError(error)) throw error;
      throw new VigieError(
        'playlist-invalid',
        { detail: `line ${index + 1}: ${(error as Error).message}` },
        { cause: error },
      );
    }
  }
  return reader.finish();
}

type Reader<T> = { tag(name: string, value: string): void; address(text: string): void; finish(): T };

function resolve(text: string, base: string): string {
  if (!URL.canParse(text, base)) throw new Error('address');
  const url = new URL(text, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new VigieError('address-refused', { host: url.protocol, reason: 'scheme' });
  }
  return url.href;
}

function masterReader(base: string): Reader<MasterPlaylist> {
  const variants: Variant[] = [];
  const audio: AudioRendition[] = [];
  let pending: Omit<Variant, 'url'> | null = null;
  return {
    tag(name, value) {
      if (name === '#EXT-X-STREAM-INF') {
        const attributes = parseAttributes(value);
        pending = {
          bandwidth: decimalInteger(attributes.get('BANDWIDTH') ?? '0'),
          codecs:
            attributes
              .get('CODECS')
              ?.split(',')
              .map((codec) => codec.trim().toLowerCase()) ?? null,
          audioGroup: attributes.get('AUDIO') ?? null,
        };
      } else if (name === '#EXT-X-MEDIA') {
        const attributes = parseAttributes(value);
        if (attributes.get('TYPE') !== 'AUDIO') return;
        const uri = attributes.get('URI');
        audio.push({
          group: attributes.get('GROUP-ID') ?? '',
          url: uri === undefined ? null : resolve(uri, base),
          isDefault: attributes.get('DEFAULT') === 'YES',
          autoselect: attributes.get('AUTOSELECT') === 'YES',
        });
      }
    },
    address(text) {
      if (pending) variants.push({ ...pending, url: resolve(text, base) });
      pending = null;
    },
    finish() {
      if (variants.length === 0) throw new VigieError('playlist-invalid', { detail: 'no-variant' });
      return { kind: 'master', variants, audio };
    },
  };
}

function mediaReader(base: string): Reader<MediaPlaylist> {
  let targetDurationMs: number | null = null;
  let mediaSequence = 0;
  let ended = false;
  const segments: PlaylistSegment[] = [];
  const fresh = { durationMs: null as number | null, range: null as string | null, discontinuity: false, gap: false };
  let pending = { ...fresh };
  let map: PlaylistSegment['map'] = null;
  let key: PlaylistSegment['key'] = null;
  let lastRange: { url: string; end: number } | null = null;

  return {
    tag(name, value) {
      if (name === '#EXTINF') pending.durationMs = secondsAsMs(value.split(',')[0] ?? '');
      else if (name === '#EXT-X-TARGETDURATION') targetDurationMs = secondsAsMs(value);
      else if (name === '#EXT-X-MEDIA-SEQUENCE') {
        if (segments.length > 0) throw new Error('media sequence after a segment');
        mediaSequence = decimalInteger(value);
      } else if (name === '#EXT-X-ENDLIST') ended = true;
      else if (name === '#EXT-X-DISCONTINUITY') pending.discontinuity = true;
      else if (name === '#EXT-X-GAP') pending.gap = true;
      else if (name === '#EXT-X-BYTERANGE') pending.range = value;
      else if (name === '#EXT-X-KEY') key = readKey(parseAttributes(value), base);
      else if (name === '#EXT-X-MAP') {
        const attributes = parseAttributes(value);
        const range = attributes.get('BYTERANGE');
        map = {
          url: resolve(attributes.get('URI') ?? '', base),
          byteRange: range === undefined ? null : byteRange(range, 0),
        };
      }
    },
    address(text) {
      if (pending.durationMs === null) throw new Error('segment without EXTINF');
      const url = resolve(text, base);
      const follows = lastRange?.url === url ? lastRange.end : null;
      const range = pending.range === null ? null : byteRange(pending.range, follows);
      lastRange = range ? { url, end: range.from + range.length } : null;
      segments.push({
        sequence: mediaSequence + segments.length,
        url,
        durationMs: pending.durationMs,
        byteRange: range,
        discontinuity: pending.discontinuity,
        gap: pending.gap,
        map,
        key,
      });
      pending = { ...fresh };
    },
    finish() {
      if (targetDurationMs === null) throw new VigieError('playlist-invalid', { detail: 'no-target-duration' });
      return { kind: 'media', targetDurationMs, mediaSequence, ended, segments };
    },
  };
}

function readKey(attributes: Map<string, string>, base: string): PlaylistSegment['key'] {
  const method = attributes.get('METHOD') ?? '';
  if (method === 'NONE') return null;
  if (method !== 'AES-128' || (attributes.get('KEYFORMAT') ?? 'identity') !== 'identity') {
    throw new VigieError('source-unsupported', {
      source: new URL(base).host,
      detail: `encrypted: ${method.slice(0, 40)}`,
    });
  }
  const iv = attributes.get('IV');
  return { url: resolve(attributes.get('URI') ?? '', base), iv: iv === undefined ? null : initializationVector(iv) };
}
