import { expect, onTestFinished, test } from 'vitest';
import { silentLog } from '../../engine/base/log.ts';
import { createNet } from '../../engine/net/net.ts';
import { composeTikTok } from '../../engine/sources/tiktok/compose.ts';
import { createFastClock } from '../support/fast-clock.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { startTikTok } from '../support/tiktok/tiktok.ts';
import { start, temporaryFolder, tiles } from './support.ts';

const factor = 10;
const faultsInAll = 40;

test(
  'forty random faults of a platform: one live, nothing left out, and never asked too often',
  { timeout: 600_000 },
  async () => {
    const clock = createFastClock(factor);
    const random = seededRandom(20_261_125);
    const tiktok = await startTikTok(clock);
    const net = createNet({ clock, log: silentLog, isAllowed: () => true });
    await using folder = await temporaryFolder();
    onTestFinished(async () => {
      await net.close();
      await tiktok[Symbol.asyncDispose]();
    });
    tiktok.signFor(90_000);
    const lea = tiktok.account('lea');
    const rooms = [lea.goLive()];
    const heardRooms: string[] = [];
    const { lookup, allowPrivate } = composeTikTok({
      net,
      clock,
      elsewhere: { ...tiktok.origins, allowPrivate: true },
    });
    const began = clock.monotonicMs();
    const { heard, capture } = start({
      source: { kind: 'tiktok', handle: 'lea', roomId: null, streamUrl: null },
      account: { lookup, allowPrivate, heardBefore: false, onRoom: (room) => void heardRooms.push(room) },
      spoolDir: folder.path,
      net,
      clock,
    });

    const between = (from: number, to: number) => from + random() * (to - from);
    const faults: Record<string, () => Promise<void> | void> = {
      drop: () => lea.drop(),
      room: () => void rooms.push(lea.changeRoom()),
      expired() {
        tiktok.expireAll();
        lea.drop();
      },
      async blocked() {
        tiktok.block(random() < 0.5 ? 'challenge' : 'empty', { forMs: between(5_000, 40_000) });
        lea.drop();
        await clock.delay(between(0, 20_000));
      },
      async slowed() {
        tiktok.block('rate-limited', { forMs: 15_000, retryAfterS: 15 });
        rooms.push(lea.changeRoom());
        await clock.delay(5_000);
      },
      async paused() {
        lea.set({ status: 3 });
        lea.drop();
        await clock.delay(between(3_000, 20_000));
        lea.set({ status: 2 });
      },
      async down() {
        tiktok.down();
        await clock.delay(between(1_000, 30_000));
        tiktok.up();
      },
      async lagging() {
        // The old room has ended a moment before the new one is known.
        lea.end();
        await clock.delay(between(500, 3_000));
        rooms.push(lea.changeRoom());
      },
    };
    const names = Object.keys(faults);
    for (let made = 0; made < faultsInAll; made += 1) {
      await clock.delay(between(5_000, 20_000));
      await faults[names[Math.floor(random() * names.length)] ?? 'drop']?.();
    }
    await clock.delay(60_000);
    expect(heard.states.at(-1)).toBe('capturing');
    expect(heardRooms.at(-1)).toBe(lea.room());
    const over = clock.monotonicMs() - began;
    lea.end();
    expect(await capture.done).toEqual({ outcome: 'ended', damaged: false });

    const whole = tiles(heard);
    expect(whole.startMs).toBe(0);
    expect(Math.abs(whole.endMs - over)).toBeLessThan(3_000);
    // Each room that lasted was heard, in order, and no other.
    expect(rooms.filter((room) => heardRooms.includes(room))).toEqual(heardRooms);
    const sound = heard.segments.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
    expect(sound / over).toBeGreaterThan(0.4);
    // 20 a minute is the whole budget of all accounts.
    const busiest = Math.max(
      ...tiktok.asked.map(({ at }) => tiktok.asked.filter((each) => each.at >= at && each.at < at + 60_000).length),
    );
    expect(busiest).toBeLessThanOrEqual(20);
  },
);
