import { expect, test } from 'vitest';
import { createClockDouble } from '../base/clock-double.ts';
import { createVitals } from './vitals.ts';

const never = new Promise<void>(() => undefined);

/** Ten seconds in which each of the given things happens twice a second. */
async function tenSeconds(each: { bytes?: number; takes?: boolean; says?: boolean; pictures?: boolean }) {
  const clock = createClockDouble();
  const vitals = createVitals(clock);
  let waiting = false;
  let saidLines = 0;
  for (let tick = 0; tick < 20; tick += 1) {
    if (each.bytes && !waiting) {
      vitals.gave(each.bytes, each.takes === false ? never : Promise.resolve());
      waiting = each.takes === false;
    }
    if (each.says) saidLines += 1;
    await clock.advance(500);
    vitals.look({ saidLines, pictures: each.pictures ?? false });
  }
  return vitals.isDecoderStill();
}

test.each([
  ['nothing comes', {}, false],
  ['sound comes and it speaks', { bytes: 8_000, says: true }, false],
  ['sound comes and it says nothing', { bytes: 8_000 }, true],
  ['the half of a packet comes', { bytes: 10 }, false],
  ['pictures come, and it takes them', { bytes: 60_000, pictures: true }, false],
  ['pictures come, and it takes nothing more', { bytes: 60_000, pictures: true, takes: false }, true],
  ['it takes nothing more', { bytes: 8_000, takes: false }, true],
])('%s', async (_, each, still) => expect(await tenSeconds(each)).toBe(still));

test('of sound that came long ago nothing is asked', async () => {
  const clock = createClockDouble();
  const vitals = createVitals(clock);
  vitals.gave(50_000, Promise.resolve());
  await clock.advance(10_000);
  vitals.look({ saidLines: 0, pictures: false });
  expect(vitals.isDecoderStill()).toBe(false);
});
