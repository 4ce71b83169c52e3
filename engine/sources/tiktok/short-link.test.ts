import { expect, onTestFinished, test } from 'vitest';
import { createFastClock } from '../../../tests/support/fast-clock.ts';
import { startTikTok } from '../../../tests/support/tiktok/tiktok.ts';
import type { VigieError } from '#shared/errors.ts';
import { silentLog } from '../../base/log.ts';
import { createNet } from '../../net/net.ts';
import { composeTikTok } from './compose.ts';

async function start() {
  // A question in 30 ms instead of 3 s.
  const clock = createFastClock(100);
  const tiktok = await startTikTok(clock);
  const net = createNet({ clock, log: silentLog, isAllowed: () => true });
  onTestFinished(async () => {
    await net.close();
    await tiktok[Symbol.asyncDispose]();
  });
  const { followShortLink } = composeTikTok({ net, clock, elsewhere: { ...tiktok.origins, allowPrivate: true } });
  return { clock, tiktok, follow: (link: string) => followShortLink(link, new AbortController().signal) };
}

test('a short link leads to its account, also by way of another one', async () => {
  const { tiktok, follow } = await start();
  const link = tiktok.shortLink('ZM1', 'https://www.tiktok.com/@lea/live?_r=1');
  const around = tiktok.shortLink('ZM2', link);
  expect(await follow(link)).toEqual({ platform: 'tiktok', handle: 'lea' });
  expect(await follow(around)).toEqual({ platform: 'tiktok', handle: 'lea' });
});

test.each([
  ['another site', 'https://evil.example/@lea'],
  ['this machine', 'http://127.0.0.1:1/@lea'],
  ['a file', 'file:///etc/passwd'],
  ['itself', 'https://vm.tiktok.com/ZM1/'],
  ['a word', 'notfound'],
  ['nowhere', ''],
])('a link that leads to %s names nobody, and is not followed there', async (_, leadsTo) => {
  const { tiktok, follow } = await start();
  expect(await follow(tiktok.shortLink('ZM1', leadsTo))).toBeNull();
  expect(tiktok.asked.length).toBeLessThanOrEqual(3);
});

test('a refusal is a refusal', async () => {
  const { clock, tiktok, follow } = await start();
  tiktok.block('rate-limited', { retryAfterS: 60 });
  const since = clock.now();
  const refused = await follow(tiktok.shortLink('ZM1', 'x')).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'platform-blocked', data: { reason: 'rate-limited' } });
  const { until } = (refused as VigieError<'platform-blocked'>).data;
  expect(until).toBeGreaterThanOrEqual(since + 60_000);
});
