import { once } from 'node:events';
import { mkdtemp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ORPCError } from '@orpc/client';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../engine/base/clock.ts';
import { createClockDouble } from '../../engine/base/clock-double.ts';
import { silentLog } from '../../engine/base/log.ts';
import { type Loopback, openLoopback } from '../../engine/carriers/loopback.ts';
import { createSmallEngine, subjectId } from './small-engine.ts';
import { clientOn, openSocket, presentToken, rawAnswer, signIn, statusOf } from './visitor.ts';

const opened: Loopback[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((loopback) => loopback.close()));
});

async function open(options: Partial<Parameters<typeof openLoopback>[0]> = {}) {
  const engine = createSmallEngine();
  const loopback = await openLoopback({ engine, clock: systemClock, log: silentLog, ...options });
  opened.push(loopback);
  return { engine, loopback };
}

test('answers, typed errors, unknown calls and streams cross the socket', async () => {
  const { engine, loopback } = await open();
  const socket = await openSocket(loopback);
  const client = clientOn(socket);

  expect(await client.lives.list({})).toEqual({ items: [], next: null });
  const missing = await client.lives.get({ liveId: subjectId }).catch((error: unknown) => error);
  expect(missing).toMatchObject({ code: 'not-found', data: { what: 'live', id: subjectId } });
  const unknown = await client.exports.list({}).catch((error: unknown) => error);
  expect(unknown).toBeInstanceOf(ORPCError);
  expect(unknown).toMatchObject({ code: 'not-found', data: { what: 'call', id: 'exports/list' } });

  const seen: number[] = [];
  for await (const event of await client.feed.subscribe({ after: 41 })) {
    if (event.type === 'fact') seen.push(event.fact.seq);
    if (seen.length === 250) break;
  }
  expect(seen).toEqual(Array.from({ length: 250 }, (_, index) => 42 + index));
  await client.lives.list({});
  expect(engine.counts.openStreams).toBe(0);
});

test('a connection that ends ends its streams in the engine', async () => {
  const { engine, loopback } = await open();
  const socket = await openSocket(loopback);
  const stream = await clientOn(socket).feed.subscribe({ after: null });
  await stream.next();
  expect(engine.counts.openStreams).toBe(1);
  socket.terminate();
  await expect(
    (async () => {
      for await (const _ of stream);
    })(),
  ).rejects.toThrow();
  await expect.poll(() => engine.counts.openStreams).toBe(0);
});

test('a launch token opens one session, once, within its minute', async () => {
  const clock = createClockDouble();
  const { loopback } = await open({ clock });
  const url = new URL(loopback.launchUrl());
  const token = url.hash.slice('#token='.length);
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  expect(url.href.slice(0, url.href.indexOf('#'))).toBe(loopback.address);

  const first = await presentToken(loopback.port, token);
  expect(first).toMatch(/^HTTP\/1\.1 204/);
  expect(first).toMatch(
    new RegExp(`set-cookie: vigie-${loopback.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/\r`, 'i'),
  );
  expect(await presentToken(loopback.port, token)).toMatch(/^HTTP\/1\.1 403/);

  const late = new URL(loopback.launchUrl()).hash.slice('#token='.length);
  await clock.advance(60_001);
  expect(await presentToken(loopback.port, late)).toMatch(/^HTTP\/1\.1 403/);
});

test('wrong tokens lock nobody out', async () => {
  const { loopback } = await open();
  const wrong = Array.from({ length: 50 }, () => presentToken(loopback.port, 'A'.repeat(43)));
  for (const answer of await Promise.all(wrong)) expect(answer).toMatch(/^HTTP\/1\.1 403/);
  expect(await signIn(loopback)).toMatch(/^vigie-\d+=/);
});

test('a session dies with the engine', async () => {
  const { loopback } = await open();
  const cookie = await signIn(loopback);
  const { port } = loopback;
  await loopback.close();
  opened.length = 0;
  const { loopback: again } = await open({ port });
  const host = `127.0.0.1:${again.port}`;
  const knock = [
    'GET /rpc HTTP/1.1',
    `Host: ${host}`,
    `Origin: http://${host}`,
    `Cookie: ${cookie}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ];
  expect(await statusOf(again.port, knock)).toBe(403);
});

test('closing tells every connection that the engine goes away', async () => {
  const { loopback } = await open();
  const socket = await openSocket(loopback);
  const closed = once(socket, 'close');
  await loopback.close();
  opened.length = 0;
  expect((await closed)[0]).toBe(1001);
});

test('the UI comes from a closed list of files, with a strict policy', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'vigie-ui-'));
  await mkdir(join(dir, 'assets'));
  await writeFile(join(dir, 'index.html'), '<!doctype html>');
  await writeFile(join(dir, 'assets', 'main-1234.js'), 'export {};');
  await writeFile(join(dir, 'assets', 'secret'), 'no known kind');
  await symlink('/etc/hostname', join(dir, 'assets', 'link.json'));
  const { loopback } = await open({ ui: { dir } });
  const get = (path: string) => rawAnswer(loopback.port, [`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${loopback.port}`]);

  const page = await get('/');
  expect(page).toMatch(/^HTTP\/1\.1 200/);
  expect(page).toMatch(/content-type: text\/html/i);
  expect(page).toMatch(/cache-control: no-store/i);
  expect(page).toMatch(/x-content-type-options: nosniff/i);
  expect(page).toMatch(/referrer-policy: no-referrer/i);
  expect(page).toContain(`connect-src 'self' ws://127.0.0.1:${loopback.port};`);
  expect(page).toContain("default-src 'none'; script-src 'self';");
  expect(page).not.toMatch(/access-control/i);
  expect(await get('/assets/main-1234.js')).toMatch(/^HTTP\/1\.1 200[^]*immutable/);

  const outside = [
    '/assets/secret',
    '/assets/link.json',
    '/assets',
    '/assets/',
    '/../package.json',
    '/assets/../../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/..\\package.json',
    '/assets/main-1234.js%00',
    '/index.html/',
    '/.env',
  ];
  for (const path of outside) expect(await get(path), path).toMatch(/^HTTP\/1\.1 404/);
});
