/**
 * Bar C6: recognition at a quarter of the speed of speech for half an hour, two streams, then a fast machine again.
 */
import { expect, test } from 'vitest';
import { seededRandom } from '../../tests/support/seeded-random.ts';
import { slowMachine, stepMs } from '../testing/slow-machine.ts';
import { packMs } from '../transcribe/packed-speech.ts';

/** Speech that comes at its own speed: pieces of 2 to 9 s with pauses. Tells the end of each piece when it is reached. */
function speech(seed: number) {
  const random = seededRandom(seed);
  let next = { startMs: 0, endMs: 4000 };
  return (nowMs: number): { startMs: number; endMs: number }[] => {
    const cut = [];
    while (next.endMs <= nowMs) {
      cut.push(next);
      const startMs = next.endMs + Math.round(random() * 4000);
      next = { startMs, endMs: startMs + 2000 + Math.round(random() * 7000) };
    }
    return cut;
  };
}

test('half an hour of recognition four times slower than speech, two streams, then a fast machine', async () => {
  const world = slowMachine();
  const streams = [1, 2].map((seed) => ({ id: world.live(1), cuts: speech(seed) }));
  const slowMs = 30 * 60_000;
  let now = 0;
  let heard = 0;
  const late = { slow: 0, after: 0 };
  const tick = async () => {
    now += stepMs;
    for (const { id, cuts } of streams)
      for (const { startMs, endMs } of cuts(now)) {
        world.hear(id, startMs, endMs);
        heard += 1;
      }
    await world.step();
    if (now % 1000 === 0)
      for (const { id } of streams) {
        world.lanes.look(id);
        if (now < slowMs) late.slow = Math.max(late.slow, world.lanes.lagMs(id));
      }
  };
  while (now < slowMs) await tick();
  const waiting = () => streams.flatMap(({ id }) => world.rows(id)).filter(({ state }) => state === 'heard').length;
  expect(waiting()).toBeGreaterThan(heard / 2);
  // Each turn holds one window at most: one that is running, one of the backfill, one of the other live, and its own.
  expect(late.slow).toBeLessThanOrEqual(4 * packMs * 4);
  expect(
    world
      .facts('lane.behind')
      .map(({ subjectId }) => subjectId)
      .toSorted(),
  ).toEqual(streams.map(({ id }) => id).toSorted());

  world.speed.factor = 0.15;
  const recovered = now;
  while (waiting() > 2 && now < 3 * slowMs) {
    await tick();
    if (now > recovered + 120_000)
      for (const { id } of streams) late.after = Math.max(late.after, world.lanes.lagMs(id));
  }
  for (let second = 0; second < 90 * 4; second += 1) await tick();

  for (const { id } of streams) {
    const rows = world.rows(id);
    expect(rows.map(({ number }) => number)).toEqual(rows.map((_row, index) => index + 1));
    expect(rows.slice(0, -3).filter(({ state }) => state !== 'written')).toEqual([]);
  }
  expect(late.after).toBeLessThan(5_000);
  expect(world.facts('job.given-up')).toEqual([]);
  expect(world.facts('lane.caught-up')).toHaveLength(2);
});
