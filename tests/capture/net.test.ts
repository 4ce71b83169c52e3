import { expect, test } from 'vitest';
import { createClockDouble } from '../../engine/base/clock-double.ts';
import { systemClock } from '../../engine/base/clock.ts';
import { silentLog } from '../../engine/base/log.ts';
import { createNet, type NetRequest, type NetResponse } from '../../engine/net/net.ts';
import { type Origin, startOrigin } from '../support/origin/origin.ts';
import { serve } from '../support/origin/progressive.ts';

const open = { allowPrivate: true } satisfies NetRequest;
const net = createNet({ clock: systemClock, log: silentLog, isAllowed: () => true });

async function textOf(answer: NetResponse): Promise<string> {
  const pieces = [];
  for await (const piece of answer.body) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

test('an answer with its headers, final address and bytes', async () => {
  await using origin = await startOrigin();
  origin.route('/a', serve(Buffer.from('hello'), { type: 'audio/x', ranges: true, etag: '"1"' }));
  const answer = await net.get(origin.url('/a'), open);
  expect(answer).toMatchObject({ status: 200, finalUrl: origin.url('/a'), headers: { 'content-type': 'audio/x' } });
  expect(await textOf(answer)).toBe('hello');
  const part = await net.get(origin.url('/a'), { ...open, range: { from: 1, to: 2, ifRange: '"1"' } });
  expect([part.status, await textOf(part)]).toEqual([206, 'el']);
  const changed = await net.get(origin.url('/a'), { ...open, range: { from: 1, ifRange: '"2"' } });
  expect([changed.status, await textOf(changed)]).toEqual([200, 'hello']);
});

test('what leaves carries no cookie, no compression, no referrer', async () => {
  await using origin = await startOrigin();
  origin.route('/a', (_, response) => void response.setHeader('set-cookie', 'a=b').end());
  for (let i = 0; i < 2; i += 1) await textOf(await net.get(origin.url('/a'), open));
  expect(Object.keys(origin.seen[1]?.headers ?? {}).sort()).toEqual([
    'accept',
    'accept-encoding',
    'connection',
    'host',
    'user-agent',
  ]);
  expect(origin.seen[1]?.headers['accept-encoding']).toBe('identity');
});

const loopbackForms = (port: number) => [
  `http://127.0.0.1:${port}/a`,
  `http://localhost:${port}/a`,
  `http://[::1]:${port}/a`,
  `http://[::ffff:127.0.0.1]:${port}/a`,
  `http://2130706433:${port}/a`,
  `http://0x7f.1:${port}/a`,
  `http://0177.0.0.1:${port}/a`,
  `http://0.0.0.0:${port}/a`,
  `http://127.0.0.1.:${port}/a`,
  'http://169.254.169.254/latest/meta-data/',
  'http://10.0.0.1/',
  'http://[fe80::1]/',
  'https://192.168.0.1/',
];

test('no form of a private address is dialled', async () => {
  await using origin = await startOrigin();
  for (const url of loopbackForms(origin.port)) {
    await expect(net.get(url, { allowPrivate: false }), url).rejects.toMatchObject({ code: 'address-refused' });
  }
  expect(origin.seen).toEqual([]);
});

test.each([
  'file:///etc/passwd',
  'gopher://example.org/',
  'data:text/plain,x',
  'ftp://example.org/',
  'pipe:0',
  'not an address',
  '',
])('%s is refused', (url) => expect(net.get(url, open)).rejects.toMatchObject({ code: 'address-refused' }));

test('a name that changes its mind after a check is judged by the address that is dialled', async () => {
  await using origin = await startOrigin();
  let asked = 0;
  const resolve = async () => [{ address: asked++ === 0 ? '203.1.113.1' : '127.0.0.1', family: 4 }];
  await resolve();
  const rebinding = createNet({ clock: systemClock, log: silentLog, isAllowed: () => true, resolve });
  const request = rebinding.get(`http://rebind.example:${origin.port}/a`, { allowPrivate: false });
  await expect(request).rejects.toMatchObject({ code: 'address-refused', data: { reason: 'loopback' } });
  expect(origin.seen).toEqual([]);
  await rebinding.close();
});

test('a name with one public and one private address is never dialled at the private one', async () => {
  await using origin = await startOrigin();
  const resolve = async () => [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ];
  const guarded = createNet({ clock: systemClock, log: silentLog, isAllowed: () => true, resolve });
  await expect(guarded.get(`http://two.example:${origin.port}/`, { allowPrivate: false })).rejects.toMatchObject({
    code: 'address-refused',
  });
  await guarded.close();
});

const redirect = (origin: Origin, to: string) =>
  origin.route('/from', (_, response) => void response.writeHead(302, { location: to }).end());

test('redirects are followed five times, to http(s) only, without credentials on another origin', async () => {
  await using origin = await startOrigin();
  await using other = await startOrigin();
  for (let i = 0; i < 7; i += 1)
    origin.route(`/${i}`, (_, response) => void response.writeHead(302, { location: `/${i + 1}` }).end());
  origin.route('/5', serve(Buffer.from('here')));
  const answer = await net.get(origin.url('/0'), open);
  expect([answer.finalUrl, await textOf(answer)]).toEqual([origin.url('/5'), 'here']);
  origin.route('/5', (_, response) => void response.writeHead(302, { location: '/6' }).end());
  await expect(net.get(origin.url('/0'), open)).rejects.toMatchObject({ code: 'too-many-redirects' });
  redirect(origin, 'file:///etc/passwd');
  await expect(net.get(origin.url('/from'), open)).rejects.toMatchObject({ code: 'address-refused' });

  other.route('/to', serve(Buffer.from('there')));
  redirect(origin, other.url('/to'));
  await textOf(await net.get(origin.url('/from').replace('//', '//me:secret@'), open));
  expect(origin.seen.at(-1)?.headers.authorization).toMatch(/^Basic /);
  expect(other.seen.at(-1)?.headers.authorization).toBeUndefined();
});

test('too much, too slow, switched off: each has its name', async () => {
  await using origin = await startOrigin();
  origin.route('/big', serve(Buffer.alloc(100_000)));
  origin.route('/chunked', serve(Buffer.alloc(100_000), { length: false }));
  origin.route('/silent', () => undefined);
  origin.route('/stops', serve(Buffer.from('some'), { length: false, endless: true }));
  origin.route('/breaks', serve(Buffer.alloc(50_000), { breakAfter: [20_000] }));
  const failure = async (path: string, asked: Partial<NetRequest>, by = net) => {
    const answer = await by.get(origin.url(path), { ...open, ...asked }).catch((error: unknown) => error);
    return answer instanceof Error ? answer : textOf(answer as NetResponse).catch((error: unknown) => error);
  };
  expect(await failure('/big', { maxBytes: 5_000 })).toMatchObject({ code: 'too-large', data: { limitBytes: 5_000 } });
  expect(await failure('/chunked', { maxBytes: 5_000 })).toMatchObject({ code: 'too-large' });
  expect(await failure('/breaks', {})).toMatchObject({ code: 'network-failed' });
  expect(await failure('/nothing', {})).toBe('');

  const clock = createClockDouble();
  const timed = createNet({ clock, log: silentLog, isAllowed: () => true });
  const late = failure('/silent', { headersTimeoutMs: 9_000 }, timed);
  await origin.visited('/silent', 1);
  await clock.advance(9_000);
  expect(await late).toMatchObject({ code: 'timed-out', data: { limitMs: 9_000 } });
  const body = (await timed.get(origin.url('/stops'), { ...open, idleTimeoutMs: 7_000 })).body[Symbol.asyncIterator]();
  expect((await body.next()).value).toEqual(Buffer.from('some'));
  const idle = body.next().catch((error: unknown) => error);
  await clock.advance(7_000);
  expect(await idle).toMatchObject({ code: 'timed-out' });

  let allowed = true;
  const switched = createNet({ clock: systemClock, log: silentLog, isAllowed: () => allowed });
  const running = (await switched.get(origin.url('/big'), open)).body[Symbol.asyncIterator]();
  await running.next();
  allowed = false;
  await expect(running.next()).rejects.toMatchObject({ code: 'network-off' });
  await expect(switched.get(origin.url('/big'), open)).rejects.toMatchObject({ code: 'network-off' });
});

test('an aborted request is cancelled and its connection closed', async () => {
  await using origin = await startOrigin();
  const closed = new Promise((resolve) => origin.route('/silent', (request) => void request.on('close', resolve)));
  const abort = new AbortController();
  const pending = net.get(origin.url('/silent'), { ...open, signal: abort.signal }).catch((error: unknown) => error);
  await origin.visited('/silent', 1);
  abort.abort();
  expect(await pending).toMatchObject({ code: 'cancelled' });
  await closed;
});

test('a caller may say a few things beside the address, and nothing else', async () => {
  await using origin = await startOrigin();
  await using other = await startOrigin();
  other.route('/b', serve(Buffer.from('b')));
  origin.route('/a', (_, response) => void response.writeHead(302, { location: other.url('/b') }).end());
  const headers = {
    'user-agent': 'Mozilla/5.0',
    'accept-language': 'fr\r\nx-evil: 1',
    referer: origin.url('/'),
    cookie: 'session=1',
    authorization: 'Bearer x',
    host: 'evil.example',
  };
  await textOf(await net.get(origin.url('/a'), { ...open, headers }));
  const [first, second] = [origin.seen[0]?.headers, other.seen[0]?.headers];
  expect(first).toMatchObject({
    'user-agent': 'Mozilla/5.0',
    'accept-language': 'frx-evil: 1',
    referer: origin.url('/'),
  });
  expect(first?.host).toBe(`127.0.0.1:${origin.port}`);
  for (const name of ['cookie', 'authorization', 'x-evil']) expect(first).not.toHaveProperty(name);
  // Where we come from is the business of the host that was asked, not of the one it sends us to.
  expect(second).toMatchObject({ 'user-agent': 'Mozilla/5.0' });
  expect(second).not.toHaveProperty('referer');
});

test('an answer that sends elsewhere is given back when asked for', async () => {
  await using origin = await startOrigin();
  origin.route('/a', (_, response) => void response.writeHead(302, { location: '/b' }).end());
  const answer = await net.get(origin.url('/a'), { ...open, redirects: 'return' });
  expect(answer).toMatchObject({ status: 302, headers: { location: '/b' }, finalUrl: origin.url('/a') });
  expect(await textOf(answer)).toBe('');
  expect(origin.visits('/b')).toBe(0);
});
