import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../engine/base/clock.ts';
import { silentLog } from '../../engine/base/log.ts';
import type { CaptureOptions } from '../../engine/capture/capture.ts';
import { createNet } from '../../engine/net/net.ts';
import { type Origin, startOrigin } from '../support/origin/origin.ts';
import { serve } from '../support/origin/progressive.ts';
import { demo, directSound, hear, make, temporaryFolder, tiles } from './support.ts';

const net = createNet({ clock: systemClock, log: silentLog, isAllowed: () => true });
const at = (origin: Origin, path: string) => ({ kind: 'url', url: origin.url(path), allowPrivate: true }) as const;
/** Reconnections without waiting. */
const quick: Partial<CaptureOptions['limits']> = { backoffMs: 1, backoffMaxMs: 1 };

async function film(
  folder: string,
  name: string,
  ...options: string[]
): Promise<{ bytes: Uint8Array; soundMs: number }> {
  const path = join(folder, name);
  await make(
    '-f',
    'lavfi',
    '-i',
    'testsrc=size=160x120:rate=5',
    '-i',
    demo('live-en.ogg'),
    '-t',
    '20',
    '-c:a',
    'aac',
    ...options,
    path,
  );
  return { bytes: await readFile(path), soundMs: (await directSound(path)).length / 16 };
}

test('a progressive file is on-demand, with its length', async () => {
  await using origin = await startOrigin();
  await using folder = await temporaryFolder();
  origin.route('/live.ogg', serve(await readFile(demo('live-en.ogg')), { ranges: true, etag: '"a"' }));
  const heard = await hear({ source: at(origin, '/live.ogg'), spoolDir: folder.path, net });
  expect(heard.end).toEqual({ outcome: 'ended', damaged: false });
  const soundMs = (await directSound(demo('live-en.ogg'))).length / 16;
  expect(tiles(heard).endMs).toBe(Math.ceil(soundMs));
  const opened = heard.told.find(({ type }) => type === 'opened');
  expect(opened?.kind).toBe('on-demand');
  expect(Math.abs((opened?.durationMs as number) - soundMs)).toBeLessThan(5);
});

test('a broken download goes on where it broke, with one request for each break', async () => {
  await using origin = await startOrigin();
  await using folder = await temporaryFolder();
  const { bytes, soundMs } = await film(folder.path, 'film.mp4', '-movflags', '+faststart');
  // The first visit looks what it is, the second at the head.
  origin.route(
    '/film.mp4',
    serve(bytes, { ranges: true, etag: '"a"', breakAfter: [1e9, 1e9, 1e9, 1e9, 1e9, 1e9, 30_000, 50_000] }),
  );
  const heard = await hear({ source: at(origin, '/film.mp4'), spoolDir: join(folder.path, 'spool'), net });
  expect(heard.end).toEqual({ outcome: 'ended', damaged: false });
  expect(heard.gaps).toEqual([]);
  expect(Math.abs(tiles(heard).endMs - soundMs)).toBeLessThan(60);
  expect(origin.seen.filter(({ headers }) => headers['if-range'] === '"a"').length).toBeGreaterThanOrEqual(1);
});

test('an MP4 whose index lies behind its media is heard from a server with parts, refused from one without', async () => {
  await using origin = await startOrigin();
  await using folder = await temporaryFolder();
  const { bytes, soundMs } = await film(folder.path, 'late.mp4');
  expect(Buffer.from(bytes).indexOf('moov')).toBeGreaterThan(Buffer.from(bytes).indexOf('mdat'));
  origin.route('/parts.mp4', serve(bytes, { ranges: true, etag: '"a"' }));
  origin.route('/whole.mp4', serve(bytes));
  const heard = await hear({ source: at(origin, '/parts.mp4'), spoolDir: join(folder.path, 'a'), net });
  expect(Math.abs(tiles(heard).endMs - soundMs)).toBeLessThan(60);
  const refused = await hear({ source: at(origin, '/whole.mp4'), spoolDir: join(folder.path, 'b'), net });
  expect(refused.end).toMatchObject({ outcome: 'failed', error: { code: 'source-unsupported' } });
});

test('a download without parts that breaks is asked for again and passed over up to where it broke', async () => {
  await using origin = await startOrigin();
  await using folder = await temporaryFolder();
  const bytes = await readFile(demo('live-en.ogg'));
  origin.route('/live.ogg', serve(bytes, { breakAfter: [bytes.length >> 1] }));
  const heard = await hear({ source: at(origin, '/live.ogg'), spoolDir: folder.path, net, limits: quick });
  expect(heard.end).toEqual({ outcome: 'ended', damaged: false });
  expect(heard.states).toEqual(['starting', 'capturing', 'reconnecting', 'capturing', 'ended']);
  expect(heard.gaps).toEqual([]);
  expect(tiles(heard).endMs).toBe(Math.ceil((await directSound(demo('live-en.ogg'))).length / 16));
});

test('an FLV of unknown length is a live; that it ended in good order is asked once more', async () => {
  await using origin = await startOrigin();
  await using folder = await temporaryFolder();
  const { bytes, soundMs } = await film(folder.path, 'film.flv');
  origin.route('/film.flv', serve(bytes, { length: false, type: 'video/x-flv' }));
  const heard = await hear({
    source: at(origin, '/film.flv'),
    spoolDir: join(folder.path, 'spool'),
    net,
    limits: quick,
  });
  expect(heard.end).toEqual({ outcome: 'ended', damaged: false });
  expect(heard.told.find(({ type }) => type === 'opened')).toMatchObject({ kind: 'live', durationMs: null });
  expect(origin.visits('/film.flv')).toBe(2);
  expect(heard.gaps).toEqual([]);
  expect(Math.abs(tiles(heard).endMs - soundMs)).toBeLessThan(60);
});

test.each([
  [
    '404',
    (origin: Origin) => origin.route('/x', (_, response) => void response.writeHead(404).end()),
    'network-failed',
    1,
  ],
  [
    'a page',
    (origin: Origin) => origin.route('/x', (_, response) => void response.end('<html>hello')),
    'source-unsupported',
    1,
  ],
  ['nothing', (origin: Origin) => origin.route('/x', (_, response) => void response.end()), 'source-empty', 1],
  [
    'noise',
    (origin: Origin) => origin.route('/x', serve(Buffer.alloc(50_000, 'zq'), { length: false })),
    'source-unreadable',
    2,
  ],
  [
    '503',
    (origin: Origin) => origin.route('/x', (_, response) => void response.writeHead(503).end()),
    'network-failed',
    4,
  ],
  ['a refusal', (origin: Origin) => origin.down(), 'network-failed', 0],
])('%s instead of sound is a typed failure', async (_, prepare, code, visits) => {
  await using origin = await startOrigin();
  await using folder = await temporaryFolder();
  prepare(origin);
  const heard = await hear({ source: at(origin, '/x'), spoolDir: folder.path, net, limits: quick });
  expect(heard.end).toMatchObject({ outcome: 'failed', error: { code } });
  expect(origin.visits('/x')).toBe(visits);
});
