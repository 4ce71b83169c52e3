import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Clock } from '../../../engine/base/clock.ts';
import { type FlvTag, splitFlv } from '../origin/flv.ts';
import { cutHls, type HlsSegment } from '../origin/hls.ts';

/** What every room broadcasts, over and over: the same sound as FLV and as HLS segments of 2 s. */
export type Sound = { flv: { header: Uint8Array; tags: FlvTag[]; lengthMs: number }; hls: HlsSegment[] };

const segmentSeconds = 2;
const listedSegments = 6;

export async function makeSound(given: { ffmpeg: string; input: string; seconds: number }): Promise<Sound> {
  const dir = await mkdtemp(join(tmpdir(), 'vigie-tiktok-'));
  try {
    const path = join(dir, 'live.flv');
    const length = ['-t', String(given.seconds)];
    await promisify(execFile)(given.ffmpeg, [
      '-v',
      'error',
      '-y',
      '-i',
      given.input,
      ...length,
      '-vn',
      '-c:a',
      'aac',
      path,
    ]);
    const { header, tags } = splitFlv(await readFile(path));
    const lengthMs = Math.max(...tags.map(({ atMs }) => atMs)) + 23;
    const hls = await cutHls({ ...given, dir, seconds: segmentSeconds, limit: given.seconds });
    return { flv: { header, tags, lengthMs }, hls: hls.segments };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** A tag with another timestamp (32 bits, the highest eight last). */
function retimed(tag: FlvTag, atMs: number): Uint8Array {
  const bytes = Uint8Array.from(tag.bytes);
  bytes.set([(atMs >>> 16) & 0xff, (atMs >>> 8) & 0xff, atMs & 0xff, (atMs >>> 24) & 0xff], 4);
  return bytes;
}

/** Sends a room's sound from where it stands, at its pace, until the listener leaves or the room is over. */
export async function playFlv(
  sound: Sound['flv'],
  clock: Clock,
  room: { positionMs(): number; over(): boolean },
  response: ServerResponse,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'video/x-flv', 'cache-control': 'no-cache' });
  response.write(sound.header);
  // What a decoder must know comes first, whenever somebody joins.
  for (const tag of sound.tags) if (tag.atMs === 0) response.write(tag.bytes);
  const joinedMs = room.positionMs();
  for (let turn = Math.floor(joinedMs / sound.lengthMs); ; turn += 1) {
    for (const tag of sound.tags) {
      const atMs = turn * sound.lengthMs + tag.atMs;
      if (atMs < joinedMs || tag.bytes[0] === 18) continue;
      const aheadMs = atMs - room.positionMs();
      if (aheadMs > 50) await clock.delay(aheadMs);
      if (response.destroyed || response.writableEnded || room.over()) return;
      if (!response.write(retimed(tag, atMs))) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
  }
}

/** The playlist of a room at this moment; segments are named by their number. `ended`: nothing will be added. */
export function roomPlaylist(segments: readonly HlsSegment[], positionMs: number, ended: boolean): string {
  const eachMs = (segments.reduce((sum, { seconds }) => sum + seconds, 0) * 1000) / segments.length;
  const edge = 3 + Math.floor(positionMs / eachMs);
  const first = Math.max(0, edge - listedSegments);
  const lines = Array.from({ length: edge - first }, (_, index) => {
    const sequence = first + index;
    const turn = sequence > 0 && sequence % segments.length === 0 ? ['#EXT-X-DISCONTINUITY'] : [];
    const { seconds } = segmentOf(segments, sequence);
    return [...turn, `#EXTINF:${seconds.toFixed(6)},`, `seg-${sequence}.ts`];
  });
  const target = Math.ceil(Math.max(...segments.map(({ seconds }) => seconds)));
  const head = ['#EXTM3U', '#EXT-X-VERSION:3', `#EXT-X-TARGETDURATION:${target}`, `#EXT-X-MEDIA-SEQUENCE:${first}`];
  return [...head, ...lines.flat(), ...(ended ? ['#EXT-X-ENDLIST'] : []), ''].join('\n');
}

export function segmentOf(segments: readonly HlsSegment[], sequence: number): HlsSegment {
  const found = segments[sequence % segments.length];
  if (!found) throw new Error('no sound');
  return found;
}
