import { expect, test } from 'vitest';
import { runFaults } from './fault-run.ts';
import { silentSecond } from './numbered-sound.ts';
import { tiles } from './support.ts';

test('thirty simulated minutes of silence that flows are no stall', async () => {
  const { heard } = await runFaults(1, [], 1_800, silentSecond);
  expect(heard.states).toEqual(['starting', 'capturing', 'reconnecting', 'ended']);
  expect(heard.gaps).toEqual([]);
  expect(Math.abs(tiles(heard).endMs - 1_800_000)).toBeLessThan(500);
  expect(heard.segments.some(({ speechLikely }) => speechLikely)).toBe(false);
});
