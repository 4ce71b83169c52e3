import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../engine/base/clock.ts';
import type { Log } from '../../engine/base/log.ts';
import { type Loopback, openLoopback } from '../../engine/carriers/loopback.ts';
import { createSmallEngine } from './small-engine.ts';
import { presentToken, rawAnswer, signIn, statusOf } from './visitor.ts';

const engine = createSmallEngine();
const logged: string[] = [];
const log: Log = {
  debug: (fields, message) => logged.push(JSON.stringify([fields, message])),
  info: (fields, message) => logged.push(JSON.stringify([fields, message])),
  warn: (fields, message) => logged.push(JSON.stringify([fields, message])),
  error: (fields, message) => logged.push(JSON.stringify([fields, message])),
  child: () => log,
};
let loopback: Loopback;
let cookie: string;

beforeAll(async () => {
  loopback = await openLoopback({ engine, clock: systemClock, log });
  cookie = await signIn(loopback);
});
afterAll(() => loopback.close());

const hosts = (port: number): [string[], boolean][] => [
  [[`127.0.0.1:${port}`], true],
  [[`localhost:${port}`], true],
  [[], false],
  [[''], false],
  [[`127.0.0.1:${port + 1}`], false],
  [['127.0.0.1'], false],
  [['localhost'], false],
  [[`localhost.:${port}`], false],
  [[`LOCALHOST:${port}`], false],
  [[`[::1]:${port}`], false],
  [[`[::ffff:127.0.0.1]:${port}`], false],
  [[`0.0.0.0:${port}`], false],
  [[`127.1:${port}`], false],
  [[`2130706433:${port}`], false],
  [[`localhost.evil.example:${port}`], false],
  [[`rebind.example:${port}`], false],
  [[`127.0.0.1:${port}`, `rebind.example:${port}`], false],
  [[`127.0.0.1:${port}@evil.example`], false],
];

type OriginKind = 'own' | 'absent' | 'foreign';
const origins = (host: string, port: number): [string[], OriginKind][] => [
  [[`http://${host}`], 'own'],
  [[], 'absent'],
  [['null'], 'foreign'],
  [['https://evil.example'], 'foreign'],
  [[`http://127.0.0.1:${port + 1}`], 'foreign'],
  [[`https://${host}`], 'foreign'],
  [['file://'], 'foreign'],
  [['app://vigie'], 'foreign'],
  [['chrome-extension://abcdefghijklmnop'], 'foreign'],
  [[`http://${host}`, 'https://evil.example'], 'foreign'],
];

type TokenKind = 'none' | 'wrong' | 'cookie' | 'bearer';
const tokens = (): [string[], TokenKind][] => [
  [[], 'none'],
  [[`Cookie: ${cookie.split('=')[0]}=${'A'.repeat(43)}`], 'wrong'],
  [[`Cookie: vigie=${cookie.split('=')[1]}`], 'wrong'],
  [[`Authorization: Bearer ${'A'.repeat(43)}`], 'wrong'],
  [[`Authorization: Bearer ${cookie.split('=')[1]}`], 'wrong'],
  [[`Cookie: theme=dark; ${cookie}`], 'cookie'],
  [[`Authorization: Bearer ${loopback.cliToken}`], 'bearer'],
];

const sites: [string[], boolean][] = [
  [[], true],
  [['Sec-Fetch-Site: same-origin'], true],
  [['Sec-Fetch-Site: cross-site'], false],
];

const upgrade = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];

test('only an exact Host, our own Origin and a token open the socket; everything else is 403', async () => {
  const { port } = loopback;
  let combinations = 0;
  let admitted = 0;
  for (const [hostValues, hostGood] of hosts(port)) {
    for (const [originValues, origin] of origins(hostValues[0] ?? '', port)) {
      const pending = tokens().flatMap(([tokenLines, token]) =>
        sites.map(async ([siteLines, siteGood]) => {
          const lines = [
            'GET /rpc HTTP/1.1',
            ...hostValues.map((value) => `Host: ${value}`),
            ...originValues.map((value) => `Origin: ${value}`),
            ...tokenLines,
            ...siteLines,
            ...upgrade,
          ];
          const browser = token === 'cookie' && origin === 'own' && siteGood;
          const commandLine = token === 'bearer' && origin === 'absent';
          const expected = hostGood && (browser || commandLine) ? 101 : 403;
          const status = await statusOf(port, lines);
          expect(status, lines.join(' | ').replaceAll(loopback.cliToken, '<cli>')).toBe(expected);
          combinations += 1;
          if (status === 101) admitted += 1;
        }),
      );
      await Promise.all(pending);
    }
  }
  expect(combinations).toBeGreaterThanOrEqual(1500);
  expect(admitted).toBe(2 * (2 + 3));
  expect(engine.counts).toEqual({ calls: 0, openStreams: 0, produced: 0 });
});

test('plain requests: the same rules on every route and method', async () => {
  const { port } = loopback;
  const own = `127.0.0.1:${port}`;
  const foreign = ['Host: rebind.example', 'Origin: https://evil.example'];
  for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
    for (const path of ['/', '/session', '/rpc', '/index.html', '/anything']) {
      expect(await statusOf(port, [`${method} ${path} HTTP/1.1`, foreign[0]!])).toBe(403);
      expect(await statusOf(port, [`${method} ${path} HTTP/1.1`, `Host: ${own}`, foreign[1]!])).toBe(403);
    }
    // A preflight is refused like anything foreign, and no answer ever allows another origin.
    const answer = await rawAnswer(port, [`${method} /session HTTP/1.1`, `Host: ${own}`, `Origin: http://${own}`]);
    expect(answer).not.toMatch(/access-control/i);
    expect(answer).toMatch(method === 'POST' ? / 403 / : / 405 /);
  }
  expect(await statusOf(port, [`GET http://evil.example/ HTTP/1.1`, `Host: ${own}`])).toBe(403);
  expect(await statusOf(port, [`GET //evil.example/ HTTP/1.1`, `Host: ${own}`])).toBe(403);
  expect(await statusOf(port, [`CONNECT evil.example:80 HTTP/1.1`, `Host: ${own}`])).toBe(0);
  // Another site may link to the page, but neither frame it nor load its parts.
  const crossSite = [`GET / HTTP/1.1`, `Host: ${own}`, 'Sec-Fetch-Site: cross-site'];
  expect(await statusOf(port, [...crossSite, 'Sec-Fetch-Mode: no-cors', 'Sec-Fetch-Dest: script'])).toBe(403);
  expect(await statusOf(port, [...crossSite, 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: iframe'])).toBe(403);
  expect(await statusOf(port, [...crossSite, 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document'])).toBe(404);
});

test('a token is only taken as JSON from our own page', async () => {
  const { port } = loopback;
  const own = `127.0.0.1:${port}`;
  const token = new URL(loopback.launchUrl()).hash.slice('#token='.length);
  const body = JSON.stringify({ token });
  const post = (lines: string[], text = body) =>
    statusOf(port, ['POST /session HTTP/1.1', `Host: ${own}`, `Content-Length: ${text.length}`, ...lines], text);
  const page = [`Origin: http://${own}`, 'Content-Type: application/json'];

  expect(await post(['Content-Type: application/json'])).toBe(403);
  expect(await post([...page, 'Sec-Fetch-Site: same-site'])).toBe(403);
  expect(await post([`Origin: http://${own}`, 'Content-Type: text/plain'])).toBe(403);
  expect(await post(page, 'token')).toBe(403);
  expect(await post(page, 'null')).toBe(403);
  expect(await post(page, '{"token":{}}')).toBe(403);
  expect([0, 413]).toContain(await post(page, JSON.stringify({ token: 'x'.repeat(5000) })));
  expect(await post(page)).toBe(204);
  // A page that already has its session may ask whether it still holds.
  expect(await post([...page, `Cookie: ${cookie}`], '{}')).toBe(204);
  expect(await post(page, '{}')).toBe(403);
});

test('no token is ever written to the log', async () => {
  const launch = new URL(loopback.launchUrl()).hash.slice('#token='.length);
  await presentToken(loopback.port, launch);
  await statusOf(loopback.port, [
    `GET /rpc?token=${launch} HTTP/1.1`,
    `Host: evil`,
    `Authorization: Bearer ${loopback.cliToken}`,
  ]);
  const text = logged.join('\n');
  expect(text.length).toBeGreaterThan(0);
  for (const secret of [loopback.cliToken, cookie.split('=')[1]!, launch]) expect(text).not.toContain(secret);
});
