import { expect, test } from 'vitest';
import { createMediaClock } from './media-clock.ts';
import { placedSound, type SoundItem } from './placed-sound.ts';

const ms = 32;
const frame = 20;

async function heard(pieces: number[], frames: number[]): Promise<(number | { jumpMs: number })[]> {
  const sound = (async function* () {
    for (const piece of pieces) yield new Uint8Array(piece * ms);
  })();
  const placed = placedSound(sound, createMediaClock(0));
  for (const ptsMs of frames) placed.frame({ ptsMs, durationMs: frame });
  const items: SoundItem[] = [];
  const reading = (async () => {
    for await (const item of placed.items) items.push(item);
  })();
  await new Promise((resolve) => setImmediate(resolve));
  placed.close();
  await reading;
  return items.map((item) => (item instanceof Uint8Array ? item.length / ms : item));
}
const run = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i * frame);

test.each([
  ['sound without a report passes', [50, 70], [], [50, 70]],
  ['sound with steady timestamps passes', [50, 70], run(0, 6), [50, 70]],
  ['a piece is cut at a jump', [300], [...run(0, 5), ...run(1_000, 10)], [100, { jumpMs: 900 }, 200]],
  ['a jump between two pieces', [100, 200], [...run(0, 5), ...run(1_000, 10)], [100, { jumpMs: 900 }, 200]],
  ['a jump before the first sound', [100], run(2_000, 5), [{ jumpMs: 2_000 }, 100]],
  ['more sound than was reported waits, then passes', [300], run(0, 5), [100, 200]],
])('%s', async (_, pieces, frames, expected) => expect(await heard(pieces, frames)).toEqual(expected));
