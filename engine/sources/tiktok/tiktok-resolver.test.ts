import { expect, onTestFinished, test } from 'vitest';
import { VigieError } from '#shared/errors.ts';
import { startTikTok } from '../../../tests/support/tiktok/tiktok.ts';
import { createClockDouble } from '../../base/clock-double.ts';
import { silentLog } from '../../base/log.ts';
import { createNet } from '../../net/net.ts';
import { createPlatformGet } from '../platform-get.ts';
import { isBlock } from '../resolver.ts';
import { createTikTokResolver } from './tiktok-resolver.ts';

async function start() {
  const clock = createClockDouble();
  const tiktok = await startTikTok(clock);
  const net = createNet({ clock, log: silentLog, isAllowed: () => true });
  onTestFinished(async () => {
    await net.close();
    await tiktok[Symbol.asyncDispose]();
  });
  const get = createPlatformGet(net, { allowPrivate: true });
  const resolver = createTikTokResolver({ origins: tiktok.origins, clock, allowPrivate: true });
  const signal = new AbortController().signal;
  const outcomes = (steps: { step: string; outcome: string }[]) =>
    steps.filter(({ outcome }) => outcome !== 'skipped').map(({ step, outcome }) => `${step} ${outcome}`);
  const presence = async (handle = 'lea') => {
    const found = await resolver.presence(handle, get, signal);
    return { ...found, taken: outcomes(found.steps) };
  };
  const streams = async (roomId: string | null = null, handle = 'lea') => {
    const found = await resolver.streams({ handle, roomId }, get, signal);
    return { ...found, taken: outcomes(found.steps) };
  };
  return { clock, tiktok, lea: tiktok.account('lea'), presence, streams, resolver, get };
}

test('an account on air costs one question, and so does where to hear it', async () => {
  const { tiktok, lea, presence, streams } = await start();
  const room = lea.goLive();
  const found = await presence();
  expect(found.presence).toMatchObject({
    state: 'en_ligne',
    reason: 'on-air',
    room: { id: room, title: 'On cuisine ensemble', viewers: 312 },
    displayName: 'Léa 🍲',
    followers: 15_204,
    problem: null,
  });
  expect(found.taken).toEqual(['page ok']);
  expect(found.steps.map(({ step }) => step)).toEqual([
    'page',
    'api-live',
    'check-alive',
    'live-detail',
    'room-info',
    'stream',
  ]);
  const heard = await streams();
  expect(heard.taken).toEqual(['page ok', 'stream ok']);
  expect(heard.renditions.map(({ quality, protocol }) => `${quality} ${protocol}`)).toEqual([
    'ao flv',
    'ld flv',
    'ld hls',
    'origin flv',
    'origin hls',
  ]);
  expect((await streams(room)).taken).toEqual(['room-info ok', 'stream ok']);
  expect(tiktok.asked).toHaveLength(3);
  // What is kept of the steps names no address with its signature.
  expect(JSON.stringify(heard.steps)).not.toMatch(/sign=|http/);
});

test.each([
  ['off air', {}, 'hors_ligne', ['page no']],
  ['paused', { roomId: '7300000000000000009', status: 3 }, 'actif', ['page ok']],
  ['private', { secret: true }, 'prive', ['page no']],
  ['restricted', { restricted: true, roomId: '7300000000000000009', status: 2 }, 'restreint', ['page no']],
  ['a page without state', { page: 'bare' as const }, 'hors_ligne', ['page failed', 'api-live no']],
  [
    'a profile page',
    { page: 'universal' as const, roomId: '7300000000000000009', status: 2 },
    'en_ligne',
    ['page ok', 'api-live ok'],
  ],
])('an account that is %s', async (_, facts, state, taken) => {
  const { lea, presence } = await start();
  lea.set(facts);
  const found = await presence();
  expect([found.presence.state, found.taken]).toEqual([state, taken]);
});

test('an account that does not exist', async () => {
  const { presence } = await start();
  const found = await presence('nobody');
  expect(found.presence).toMatchObject({ state: 'inconnu', reason: 'no-such-account', room: null });
  expect(found.taken).toEqual(['page failed', 'api-live no']);
});

test('each step stands in for the one before', async () => {
  const { tiktok, lea, presence, streams } = await start();
  lea.goLive();
  lea.set({ page: 'android', streamsOnPage: false });
  lea.break('error', { steps: ['api-live'] });
  expect((await presence()).taken).toEqual(['page ok', 'api-live failed', 'check-alive ok']);
  lea.break('truncated', { steps: ['api-live', 'check-alive'] });
  const found = await presence();
  expect(found.taken).toEqual(['page ok', 'api-live failed', 'check-alive failed', 'live-detail ok']);
  expect(found.presence.state).toBe('en_ligne');
  lea.mend();
  expect((await streams()).taken).toEqual(['page ok', 'api-live ok', 'room-info ok', 'stream ok']);
  lea.end();
  lea.break('error', { steps: ['api-live'] });
  expect((await presence()).taken).toEqual(['page ok', 'api-live failed', 'check-alive no']);
  expect(tiktok.asked.every(({ about }) => about === 'lea' || /^\d+$/.test(about))).toBe(true);
});

test.each([
  ['challenge', 'challenge-page'],
  ['empty', 'empty-answer'],
  ['redirect', 'redirected'],
  ['rate-limited', 'rate-limited'],
  ['forbidden', 'refused'],
] as const)('a platform that answers with %s is blocked, and asked once', async (fault, reason) => {
  const { tiktok, lea, presence, streams } = await start();
  const room = lea.goLive();
  tiktok.block(fault, { retryAfterS: 90 });
  const found = await presence();
  expect(found.presence).toMatchObject({ state: 'bloque', reason, retryAfterMs: 90_000, room: null, problem: null });
  expect(isBlock(found.presence.reason)).toBe(true);
  expect(tiktok.asked).toHaveLength(1);
  const heard = await streams(room);
  expect(heard).toMatchObject({ presence: { state: 'bloque', reason }, renditions: [] });
  expect(tiktok.asked).toHaveLength(2);
});

test('answers that tell nothing are not an account off air either', async () => {
  const { tiktok, lea, presence } = await start();
  lea.goLive();
  tiktok.block('truncated');
  const found = await presence();
  expect(found.presence).toMatchObject({ state: 'bloque', reason: 'unreadable-answer' });
  expect(isBlock(found.presence.reason)).toBe(false);
});

test('an answer without an end is given up and tells nothing', async () => {
  const { tiktok, lea, presence } = await start();
  lea.goLive();
  lea.break('flood');
  const found = await presence();
  expect(found.presence).toMatchObject({ state: 'bloque', reason: 'unreadable-answer', problem: null });
  expect(found.taken).toEqual(['page failed', 'api-live failed']);
  expect(tiktok.asked).toHaveLength(2);
});

test('our own network and a block that is waited out teach nothing', async () => {
  const { tiktok, lea, presence, resolver } = await start();
  lea.goLive();
  tiktok.down();
  const found = await presence();
  expect(found.presence).toMatchObject({
    state: 'inconnu',
    reason: 'unreachable',
    problem: { code: 'network-failed' },
  });
  expect(found.taken).toEqual(['page failed']);
  const until = Date.UTC(2026, 0, 1) + 60_000;
  const waiting = () =>
    Promise.reject(new VigieError('platform-blocked', { platform: 'tiktok', reason: 'challenge-page', until }));
  const asked = await resolver.presence('lea', waiting, new AbortController().signal);
  expect(asked.presence).toMatchObject({
    state: 'bloque',
    reason: 'waiting-out-block',
    retryAfterMs: 60_000,
    problem: null,
  });
});

test('silence of the server has an end; a question that is no longer wanted stops', async () => {
  const { clock, tiktok, lea, presence, resolver, get } = await start();
  lea.goLive();
  tiktok.block('hang');
  const asking = presence();
  while (tiktok.asked.length === 0) await clock.advance(0);
  await clock.advance(20_000);
  expect((await asking).presence).toMatchObject({ reason: 'unreachable', problem: { code: 'timed-out' } });
  const stop = new AbortController();
  const stopped = resolver.presence('lea', get, stop.signal);
  stop.abort();
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
});

test('a broadcast that goes on in another room is found; one that ended is said to have ended', async () => {
  const { lea, streams } = await start();
  const first = lea.goLive();
  const second = lea.changeRoom();
  const moved = await streams(first);
  expect(moved.presence).toMatchObject({ state: 'en_ligne', room: { id: second } });
  expect(moved.taken).toEqual(['page ok', 'room-info no', 'stream ok']);
  expect(moved.renditions[0]?.url).toContain(second);
  lea.end();
  expect((await streams(second)).presence).toMatchObject({ state: 'hors_ligne', reason: 'room-ended' });
});

test('a page that lags behind its room does not keep it alive', async () => {
  const { lea, streams } = await start();
  const room = lea.goLive();
  lea.freezePage();
  lea.end();
  const found = await streams(room);
  expect(found.taken).toEqual(['page ok', 'room-info no', 'stream no']);
  expect(found.presence).toMatchObject({ state: 'hors_ligne', reason: 'room-ended' });
});

test('a room that does not answer is no room that has ended', async () => {
  const { lea, streams } = await start();
  const room = lea.goLive();
  lea.break('error', { steps: ['room-info'] });
  const found = await streams(room);
  expect(found.taken).toEqual(['page ok', 'room-info failed', 'stream ok']);
  expect(found.renditions[0]).toMatchObject({ quality: 'ao', audio: true });
});

test('the older form of room info', async () => {
  const { lea, streams } = await start();
  lea.set({ infoForm: 'legacy', qualities: [{ quality: 'sd', level: 2, bitrate: 1, flv: true, hls: true }] });
  const found = await streams(lea.goLive());
  expect(found.renditions.map(({ quality, protocol }) => `${quality} ${protocol}`)).toEqual(['SD1 flv', 'SD1 hls']);
});
