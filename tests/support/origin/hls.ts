import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Origin } from './origin.ts';

export type HlsSegment = { name: string; seconds: number; bytes: Uint8Array };

/** Cuts a sound file into AAC segments: MPEG-TS, or fragmented MP4 with its initialization section. */
export async function cutHls(given: {
  ffmpeg: string;
  input: string;
  dir: string;
  seconds: number;
  limit?: number;
  kind?: 'ts' | 'fmp4';
}): Promise<{ segments: HlsSegment[]; init: Uint8Array | null }> {
  const { kind = 'ts', dir } = given;
  const ending = kind === 'ts' ? 'ts' : 'm4s';
  const args = [
    '-v',
    'error',
    '-y',
    '-i',
    given.input,
    ...(given.limit ? ['-t', String(given.limit)] : []),
    '-vn',
    '-c:a',
    'aac',
  ];
  const hls = ['-f', 'hls', '-hls_time', String(given.seconds), '-hls_list_size', '0', '-hls_playlist_type', 'vod'];
  const names = [
    '-hls_segment_type',
    kind === 'ts' ? 'mpegts' : 'fmp4',
    '-hls_segment_filename',
    join(dir, `s%04d.${ending}`),
  ];
  await promisify(execFile)(given.ffmpeg, [...args, ...hls, ...names, join(dir, 'list.m3u8')]);
  const list = await readFile(join(dir, 'list.m3u8'), 'utf8');
  const seconds = [...list.matchAll(/#EXTINF:([\d.]+),/g)].map((match) => Number(match[1]));
  const files = (await readdir(dir)).filter((name) => name.endsWith(`.${ending}`)).sort();
  const segments = await Promise.all(
    files.map(async (name, index) => ({ name, seconds: seconds[index] ?? 0, bytes: await readFile(join(dir, name)) })),
  );
  return { segments, init: kind === 'fmp4' ? await readFile(join(dir, 'init.mp4')) : null };
}

export type ListOptions = {
  from?: number;
  to?: number;
  ended?: boolean;
  firstSequence?: number;
  /** Tags written before the segment of this index. */
  before?: Record<number, string>;
  head?: string[];
};

/** The text of a media playlist over some of the segments. */
export function playlist(segments: readonly HlsSegment[], options: ListOptions = {}): string {
  const { from = 0, to = segments.length, ended = false, firstSequence = 0 } = options;
  const target = Math.ceil(Math.max(...segments.map((segment) => segment.seconds)));
  const head = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${target}`,
    `#EXT-X-MEDIA-SEQUENCE:${firstSequence + from}`,
  ];
  const body = segments
    .slice(from, to)
    .flatMap((segment, index) => [
      ...(options.before?.[from + index] ? [options.before[from + index]] : []),
      `#EXTINF:${segment.seconds.toFixed(6)},`,
      segment.name,
    ]);
  return [...head, ...(options.head ?? []), ...body, ...(ended ? ['#EXT-X-ENDLIST'] : []), ''].join('\n');
}

/** Puts segments under `/hls/`; the playlist at `/hls/list.m3u8` is whatever `list` says when it is asked for. */
export function serveHls(origin: Origin, segments: readonly HlsSegment[], list: () => string): void {
  for (const segment of segments) {
    origin.route(`/hls/${segment.name}`, (_, response) => void response.end(segment.bytes));
  }
  origin.route('/hls/list.m3u8', (_, response) => {
    response.writeHead(200, { 'content-type': 'application/vnd.apple.mpegurl' }).end(list());
  });
}
