import { expect, test } from 'vitest';
import type { Rendition } from '../../sources/resolver.ts';
import { createClockDouble } from '../../base/clock-double.ts';
import { startRenewal } from './renewal.ts';
import { createStreamChoice } from './stream-choice.ts';

const now = 1_000_000;
const stream = (quality: string, expiresAt: number | null = null): Rendition => ({
  url: `https://a.example/${quality}`,
  protocol: 'flv',
  quality,
  audio: quality === 'ao',
  expiresAt,
});

test('the platform’s order counts, until something failed; what works again is as good as before', () => {
  const choice = createStreamChoice();
  const [ao, ld, sd] = [stream('ao'), stream('ld'), stream('sd')];
  const order = () => choice.usable(now).map(({ quality }) => quality);
  choice.offer([ao, ld, sd]);
  expect(order()).toEqual(['ao', 'ld', 'sd']);
  choice.worked(ao, false);
  expect(order()).toEqual(['ld', 'sd', 'ao']);
  choice.worked(ld, false);
  choice.worked(ld, false);
  expect(order()).toEqual(['sd', 'ao', 'ld']);
  // Another address of the same quality inherits what was learned of it.
  choice.offer([{ ...ao, url: 'https://b.example/ao' }, ld]);
  expect(order()).toEqual(['ao', 'ld']);
  choice.worked(ld, true);
  expect(order()).toEqual(['ld', 'ao']);
});

test('what has expired, or is about to, is not tried', () => {
  const choice = createStreamChoice();
  choice.offer([stream('ao', now - 1), stream('ld', now + 4_000), stream('sd', now + 6_000), stream('hd')]);
  expect(choice.usable(now).map(({ quality }) => quality)).toEqual(['sd', 'hd']);
});

test.each([
  ['two weeks', 14 * 86_400_000, [14 * 86_400_000 - 120_000]],
  ['three minutes', 180_000, [90_000]],
  ['twelve seconds', 12_000, [6_000]],
  ['an end that is past', -1, []],
  ['no end', null, []],
])('an address good for %s is renewed in time', async (_, lifeMs, expected) => {
  const double = createClockDouble();
  const schedule: typeof double.schedule = (ms, run) => {
    // What setTimeout can hold; it fires at once for more.
    expect(ms).toBeLessThan(2 ** 31);
    return double.schedule(ms, run);
  };
  const clock = { ...double, schedule };
  const began = clock.now();
  const asked: number[] = [];
  const stop = startRenewal({
    clock,
    expiresAt: lifeMs === null ? null : began + lifeMs,
    renew: () => {
      asked.push(clock.now() - began);
      // The new one is good for centuries.
      return Promise.resolve(9_999_999_999_000);
    },
    onDefect: (error) => {
      throw error;
    },
  });
  await clock.advance(20 * 86_400_000);
  expect(asked).toEqual(expected);
  stop();
});

test('a platform that does not answer is asked again at half of what is left, until nothing is', async () => {
  const clock = createClockDouble();
  const began = clock.now();
  const asked: number[] = [];
  startRenewal({
    clock,
    expiresAt: began + 1_000_000,
    renew: () => {
      asked.push(clock.now() - began);
      return Promise.resolve(null);
    },
    onDefect: (error) => {
      throw error;
    },
  });
  await clock.advance(3_000_000);
  expect(asked.slice(0, 4)).toEqual([880_000, 940_000, 970_000, 985_000]);
  expect(asked.length).toBeLessThan(12);
  expect(asked.at(-1)).toBeLessThan(1_005_001);
});

test('nothing is asked for a connection that is over', async () => {
  const clock = createClockDouble();
  let asked = 0;
  const stop = startRenewal({
    clock,
    expiresAt: clock.now() + 60_000,
    renew: () => Promise.resolve((asked += 1)),
    onDefect: (error) => {
      throw error;
    },
  });
  stop();
  await clock.advance(120_000);
  expect(asked).toBe(0);
});
