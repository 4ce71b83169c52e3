import { expect, onTestFinished, test } from 'vitest';
import type { Source } from '#shared/model/source.ts';
import { silentLog } from '../../engine/base/log.ts';
import { createNet } from '../../engine/net/net.ts';
import { composeTikTok } from '../../engine/sources/tiktok/compose.ts';
import { createFastClock } from '../support/fast-clock.ts';
import { startTikTok } from '../support/tiktok/tiktok.ts';
import { start, temporaryFolder, tiles } from './support.ts';

/** Five times faster than life, not more: what takes ffmpeg a moment must not look like a stream that stands still. */
const factor = 5;

type Given = Partial<Extract<Source, { kind: 'tiktok' }>> & { heardBefore?: boolean };

async function setUp() {
  const clock = createFastClock(factor);
  const tiktok = await startTikTok(clock);
  const net = createNet({ clock, log: silentLog, isAllowed: () => true });
  const folder = await temporaryFolder();
  onTestFinished(async () => {
    await net.close();
    await tiktok[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });
  const rooms: string[] = [];
  const listen = ({ heardBefore = false, ...more }: Given = {}) => {
    const { lookup, allowPrivate } = composeTikTok({
      net,
      clock,
      elsewhere: { ...tiktok.origins, allowPrivate: true },
    });
    return start({
      source: { kind: 'tiktok', handle: 'lea', roomId: null, streamUrl: null, ...more },
      account: { lookup, allowPrivate, heardBefore, onRoom: (room) => void rooms.push(room) },
      spoolDir: folder.path,
      net,
      clock,
      random: () => 0.5,
    });
  };
  const until = async (check: () => boolean) => {
    while (!check()) await clock.delay(200);
  };
  const sound = (heard: ReturnType<typeof listen>['heard']) =>
    Number(heard.told.findLast(({ type }) => type === 'progress')?.capturedMs ?? 0);
  /** Until this much more is on the timeline. */
  const more = (heard: ReturnType<typeof listen>['heard'], ms: number) => {
    const from = sound(heard);
    return until(() => sound(heard) >= from + ms);
  };
  return { clock, tiktok, lea: tiktok.account('lea'), rooms, listen, until, more };
}

const later = <T extends { startMs: number }>(gaps: T[]) => gaps.filter(({ startMs }) => startMs > 0);

test('a live through an expired address, a change of room and its end: the timeline leaves nothing out', async () => {
  const { clock, tiktok, lea, rooms, listen, more } = await setUp();
  const first = lea.goLive();
  const began = clock.monotonicMs();
  const { heard, capture } = listen();
  await more(heard, 12_000);
  // The connection breaks, and the address in hand is refused by now.
  tiktok.expireAll();
  lea.drop();
  await more(heard, 15_000);
  const second = lea.changeRoom();
  await more(heard, 15_000);
  const over = clock.monotonicMs() - began;
  lea.end();
  expect(await capture.done).toEqual({ outcome: 'ended', damaged: false });

  expect(rooms).toEqual([first, second]);
  expect(tiktok.listened.map(({ roomId, quality, status }) => [roomId, quality, status])).toEqual([
    [first, 'ao', 200],
    [first, 'ao', 403],
    [first, 'ao', 200],
    [second, 'ao', 200],
  ]);
  const gaps = later(heard.gaps);
  expect(gaps).toHaveLength(2);
  for (const { startMs, endMs } of gaps) expect(endMs - startMs).toBeLessThan(8_000);
  // Segments and gaps follow one another without a hole up to the moment the broadcast ended.
  const whole = tiles(heard);
  expect(whole.startMs).toBe(0);
  expect(Math.abs(whole.endMs - over)).toBeLessThan(2_500);
  // One question to begin with; one for the refused address; the old room, the page and no more for the new one; twice two for the end.
  expect(tiktok.asked.map(({ step }) => step)).toEqual([
    'page',
    'room-info',
    'room-info',
    'page',
    'room-info',
    'page',
    'room-info',
    'page',
  ]);
  const [firstNo, secondNo] = tiktok.asked.filter(({ step }) => step === 'room-info').slice(-2);
  expect((secondNo?.at ?? 0) - (firstNo?.at ?? 0)).toBeGreaterThan(7_000);
});

test('a network that broke costs the platform no question, even while it refuses to answer', async () => {
  const { clock, tiktok, lea, listen, more, until } = await setUp();
  // The first address is too old before the connection breaks; the one in hand has been renewed meanwhile.
  tiktok.signFor(16_000);
  lea.goLive();
  const { heard, capture } = listen();
  await more(heard, 20_000);
  tiktok.block('challenge');
  const asked = tiktok.asked.length;
  // The whole network, long enough for an attempt in vain.
  tiktok.down();
  await clock.delay(4_000);
  tiktok.up();
  await more(heard, 6_000);
  expect(tiktok.listened.map(({ status }) => status)).toEqual([200, 200]);
  expect(tiktok.asked.length - asked).toBeLessThanOrEqual(2);
  // The platform refuses and the live goes silent: nothing says that it is over.
  tiktok.expireAll();
  lea.drop();
  const states = () => heard.states.filter((state) => state === 'reconnecting').length;
  const before = states();
  await until(() => states() > before);
  const refused = tiktok.asked.length;
  await clock.delay(20_000);
  // Refused once, the platform is left in peace for a quarter of an hour, however often the capture tries.
  expect(tiktok.asked.length).toBeLessThanOrEqual(refused + 1);
  tiktok.unblock();
  clock.stepWall(16 * 60_000);
  const { length } = tiktok.listened;
  await until(() => tiktok.listened.length > length);
  await more(heard, 10_000);
  await capture.stop();
  expect(await capture.done).toEqual({ outcome: 'stopped' });
  tiles(heard);
});

test('HLS goes on at the same segment when its address is renewed', async () => {
  const { clock, tiktok, lea, listen, more } = await setUp();
  lea.set({ qualities: [{ quality: 'ld', level: 1, bitrate: 500_000, flv: false, hls: true }] });
  // Every address is good for half a minute.
  tiktok.signFor(30_000);
  lea.goLive();
  const began = clock.monotonicMs();
  const { heard, capture } = listen();
  await more(heard, 45_000);
  await capture.stop();
  expect(heard.states.slice(0, 2)).toEqual(['starting', 'capturing']);
  expect(heard.states).not.toContain('reconnecting');
  expect(later(heard.gaps)).toEqual([]);
  expect(new Set(tiktok.listened.map(({ status }) => status))).toEqual(new Set([200]));
  // Longer than any one address was good for, and each segment once.
  expect(clock.monotonicMs() - began).toBeGreaterThan(33_000);
  expect(tiktok.segments).toEqual(tiktok.segments.map((_, index) => (tiktok.segments[0] ?? 0) + index));
  expect(tiktok.asked.length).toBeGreaterThan(2);
  tiles(heard);
});

test('an account that is not broadcasting is not heard, and said so', async () => {
  const { lea, listen } = await setUp();
  lea.end();
  const { capture } = listen();
  expect(await capture.done).toMatchObject({
    outcome: 'failed',
    error: { code: 'not-live', data: { account: 'lea', state: 'hors_ligne' } },
  });
});

test('a live that hangs after its end is over; one that only pauses is waited for', async () => {
  const { lea, listen, more, until } = await setUp();
  lea.goLive();
  const { heard, capture } = listen();
  await more(heard, 6_000);
  lea.set({ status: 3 });
  lea.drop();
  await until(() => heard.states.includes('reconnecting'));
  lea.set({ status: 2 });
  await more(heard, 6_000);
  lea.end('hang');
  expect(await capture.done).toEqual({ outcome: 'ended', damaged: false });
  expect(heard.states).toContain('stalled');
  tiles(heard);
});

test('a sound-only address that does not work gives way to the smallest picture', async () => {
  const { tiktok, lea, listen, more } = await setUp();
  lea.set({
    qualities: [
      { quality: 'ao', level: -1, bitrate: 0, flv: true, hls: false },
      { quality: 'ld', level: 1, bitrate: 500_000, flv: true, hls: false },
    ],
  });
  tiktok.refuse('ao');
  lea.goLive();
  const { heard, capture } = listen();
  await more(heard, 5_000);
  expect(tiktok.listened.map(({ quality, status }) => [quality, status])).toEqual([
    ['ao', 404],
    ['ld', 200],
  ]);
  await capture.stop();
});

test('an address that a person gave is tried first, and the platform when it no longer works', async () => {
  const { tiktok, lea, listen, more } = await setUp();
  lea.goLive();
  const streamUrl = tiktok.addressOf('lea', 'ld', 'hls');
  const { heard, capture } = listen({ streamUrl });
  await more(heard, 8_000);
  expect(tiktok.asked).toEqual([]);
  tiktok.expireAll();
  await more(heard, 15_000);
  expect(tiktok.listened.at(-1)).toMatchObject({ quality: 'ao', status: 200 });
  await capture.stop();
});

test('a platform that names a private address reaches nothing', async () => {
  const { clock, tiktok, lea, rooms } = await setUp();
  lea.goLive();
  const net = createNet({ clock, log: silentLog, isAllowed: () => true });
  // The answers may come from this machine, the streams in them may not be on it.
  const { lookup } = composeTikTok({ net, clock, elsewhere: { ...tiktok.origins, allowPrivate: true } });
  await using folder = await temporaryFolder();
  const { capture } = start({
    source: { kind: 'tiktok', handle: 'lea', roomId: null, streamUrl: null },
    account: { lookup, allowPrivate: false, heardBefore: false, onRoom: (room) => void rooms.push(room) },
    spoolDir: folder.path,
    net,
    clock,
    random: () => 0.5,
  });
  expect(await capture.done).toMatchObject({ outcome: 'failed', error: { code: 'address-refused' } });
  expect(tiktok.listened).toEqual([]);
  await net.close();
});
