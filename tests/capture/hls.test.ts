import { createCipheriv, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../engine/base/clock.ts';
import { silentLog } from '../../engine/base/log.ts';
import { createNet } from '../../engine/net/net.ts';
import { cutHls, type HlsSegment, playlist, serveHls } from '../support/origin/hls.ts';
import { type Origin, startOrigin } from '../support/origin/origin.ts';
import { demo, directSound, ffmpeg, hear, temporaryFolder, tiles } from './support.ts';

const net = createNet({ clock: systemClock, log: silentLog, isAllowed: () => true });
const kinds = ['ts', 'fmp4'] as const;
const cut: Record<string, { segments: HlsSegment[]; init: Uint8Array | null; soundMs: number }> = {};

async function cutOnce(kind: (typeof kinds)[number]) {
  cut[kind] ??= await (async () => {
    await using folder = await temporaryFolder();
    const made = await cutHls({ ffmpeg, input: demo('live-en.ogg'), dir: folder.path, seconds: 4, limit: 40, kind });
    const whole = join(folder.path, 'whole');
    await writeFile(
      whole,
      Buffer.concat([...(made.init ? [made.init] : []), ...made.segments.map(({ bytes }) => bytes)]),
    );
    return { ...made, soundMs: (await directSound(whole)).length / 16 };
  })();
  return cut[kind];
}

async function listen(origin: Origin, path: string) {
  const folder = await temporaryFolder();
  const source = { kind: 'url', url: origin.url(path), allowPrivate: true } as const;
  try {
    return await hear({ source, spoolDir: join(folder.path, 'spool'), net });
  } finally {
    await folder[Symbol.asyncDispose]();
  }
}

test.each(kinds)('a VOD playlist of %s segments gives the sound of the whole, with its length', async (kind) => {
  const { segments, init, soundMs } = await cutOnce(kind);
  await using origin = await startOrigin();
  const head = init ? ['#EXT-X-MAP:URI="init.mp4"'] : [];
  serveHls(origin, segments, () => playlist(segments, { ended: true, head }));
  if (init) origin.route('/hls/init.mp4', (_, response) => void response.end(init));
  const heard = await listen(origin, '/hls/list.m3u8');
  expect(heard.end).toEqual({ outcome: 'ended', damaged: false });
  expect(heard.gaps).toEqual([]);
  expect(Math.abs(tiles(heard).endMs - soundMs)).toBeLessThan(70);
  const opened = heard.told.find(({ type }) => type === 'opened');
  expect(opened).toMatchObject({ kind: 'on-demand', stretchStartMs: 0 });
  expect(Math.abs((opened?.durationMs as number) - soundMs)).toBeLessThan(500);
  expect(origin.visits('/hls/init.mp4')).toBe(init ? 1 : 0);
});

test('a discontinuity starts a new decoder and loses nothing', async () => {
  const { segments, soundMs } = await cutOnce('ts');
  await using origin = await startOrigin();
  // The first half again after the second: its timestamps jump back.
  const twice = [...segments.slice(5), ...segments.slice(0, 5)];
  serveHls(origin, segments, () =>
    playlist(twice, { ended: true, before: { [segments.length - 5]: '#EXT-X-DISCONTINUITY' } }),
  );
  const heard = await listen(origin, '/hls/list.m3u8');
  expect(heard.end).toEqual({ outcome: 'ended', damaged: false });
  expect(Math.abs(tiles(heard).endMs - soundMs)).toBeLessThan(140);
});

test('a live playlist slides until its end; each segment is fetched once', async () => {
  const { segments, soundMs } = await cutOnce('ts');
  await using origin = await startOrigin();
  let edge = 3;
  const quick = segments.map((segment) => ({ ...segment, seconds: 0.5 }));
  serveHls(origin, segments, () => {
    edge = Math.min(segments.length, edge + 1);
    return playlist(quick, {
      from: Math.max(0, edge - 4),
      to: edge,
      ended: edge === segments.length,
      firstSequence: 700,
    });
  });
  // Begins three from the end of the first list of four.
  const heard = await listen(origin, '/hls/list.m3u8');
  expect(heard.end).toEqual({ outcome: 'ended', damaged: false });
  expect(heard.told.find(({ type }) => type === 'opened')).toMatchObject({ kind: 'live', durationMs: null });
  expect(segments.map(({ name }) => origin.visits(`/hls/${name}`))).toEqual([0, ...segments.slice(1).map(() => 1)]);
  expect(heard.gaps).toEqual([]);
  expect(Math.abs(tiles(heard).endMs - (soundMs - 4000))).toBeLessThan(120);
});

test('segments that left the list before they were fetched are declared', async () => {
  const { segments } = await cutOnce('ts');
  await using origin = await startOrigin();
  const quick = segments.map((segment) => ({ ...segment, seconds: 1 }));
  let asked = 0;
  serveHls(origin, segments, () => {
    asked += 1;
    if (asked === 1) return playlist(quick, { to: 3 });
    return playlist(quick, { from: 6, ended: true });
  });
  const heard = await listen(origin, '/hls/list.m3u8');
  expect(heard.end).toEqual({ outcome: 'ended', damaged: false });
  expect(heard.gaps).toHaveLength(1);
  expect(heard.gaps[0]).toMatchObject({ cause: 'source' });
  expect((heard.gaps[0]?.endMs ?? 0) - (heard.gaps[0]?.startMs ?? 0)).toBe(3000);
  tiles(heard);
});

test('a segment that is listed and missing is declared, the rest is heard', async () => {
  const { segments } = await cutOnce('ts');
  await using origin = await startOrigin();
  serveHls(origin, segments, () => playlist(segments, { ended: true }));
  origin.route('/hls/s0004.ts', (_, response) => void response.writeHead(410).end());
  const heard = await listen(origin, '/hls/list.m3u8');
  expect(heard.end).toEqual({ outcome: 'ended', damaged: false });
  expect(heard.gaps).toHaveLength(1);
  expect(Math.abs((heard.gaps[0]?.startMs ?? 0) - 16_000)).toBeLessThan(150);
  tiles(heard);
});

test('a segment whose connection breaks is fetched again, without doubled sound', async () => {
  const { segments, soundMs } = await cutOnce('ts');
  await using origin = await startOrigin();
  serveHls(origin, segments, () => playlist(segments, { ended: true }));
  const third = segments[2];
  origin.route('/hls/s0002.ts', (_, response, visit) => {
    if (!third || visit > 1) return void response.end(third?.bytes);
    response.writeHead(200, { 'content-length': third.bytes.length });
    response.write(third.bytes.subarray(0, third.bytes.length >> 1), () => response.destroy());
  });
  const heard = await listen(origin, '/hls/list.m3u8');
  expect(heard.gaps).toEqual([]);
  expect(origin.visits('/hls/s0002.ts')).toBe(2);
  expect(Math.abs(tiles(heard).endMs - soundMs)).toBeLessThan(70);
});

test('AES-128 with a key at an address is read', async () => {
  const { segments, soundMs } = await cutOnce('ts');
  await using origin = await startOrigin();
  const key = randomBytes(16);
  const locked = segments.map((segment, index) => {
    const iv = Buffer.alloc(16);
    iv.writeUInt32BE(40 + index, 12);
    const cipher = createCipheriv('aes-128-cbc', key, iv);
    return { ...segment, bytes: Buffer.concat([cipher.update(segment.bytes), cipher.final()]) };
  });
  serveHls(origin, locked, () =>
    playlist(locked, { ended: true, firstSequence: 40, head: ['#EXT-X-KEY:METHOD=AES-128,URI="k"'] }),
  );
  origin.route('/hls/k', (_, response) => void response.end(key));
  const heard = await listen(origin, '/hls/list.m3u8');
  expect(heard.end).toEqual({ outcome: 'ended', damaged: false });
  expect(Math.abs(tiles(heard).endMs - soundMs)).toBeLessThan(70);
});

test('of a master playlist the rendition with the least besides sound is taken, addresses being relative', async () => {
  const { segments } = await cutOnce('ts');
  await using origin = await startOrigin();
  serveHls(origin, segments, () => playlist(segments.slice(0, 2), { ended: true }));
  const master = [
    '#EXTM3U',
    '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="fr",DEFAULT=YES,URI="../hls/list.m3u8"',
    '#EXT-X-STREAM-INF:BANDWIDTH=3000000,CODECS="avc1.4d401f,mp4a.40.2",AUDIO="a"',
    'high.m3u8',
    '#EXT-X-STREAM-INF:BANDWIDTH=300000,CODECS="avc1.4d401f,mp4a.40.2",AUDIO="a"',
    'low.m3u8',
  ];
  origin.route('/m/master.m3u8', (_, response) => void response.end(master.join('\n')));
  const heard = await listen(origin, '/m/master.m3u8');
  expect(heard.end).toEqual({ outcome: 'ended', damaged: false });
  expect(origin.visits('/m/low.m3u8') + origin.visits('/m/high.m3u8')).toBe(0);
});

test('what is wrong with a playlist has a name', async () => {
  await using origin = await startOrigin();
  const bodies: [string, string, string][] = [
    ['/text.m3u8', 'hello', 'source-unreadable'],
    ['/notarget.m3u8', '#EXTM3U\n#EXTINF:1,\na.ts\n', 'playlist-invalid'],
    [
      '/drm.m3u8',
      '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXT-X-KEY:METHOD=SAMPLE-AES,URI="k"\n#EXTINF:1,\na.ts\n',
      'source-unsupported',
    ],
    ['/novariant.m3u8', '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n', 'playlist-invalid'],
    ['/page.m3u8', '<!DOCTYPE html><p>hello', 'source-unsupported'],
    ['/missing.m3u8', '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nnot-there.ts\n#EXT-X-ENDLIST\n', 'network-failed'],
  ];
  for (const [path, body, code] of bodies) {
    origin.route(path, (_, response) => void response.end(body));
    const heard = await listen(origin, path);
    expect(heard.end, path).toMatchObject({ outcome: 'failed', error: { code } });
  }
});
