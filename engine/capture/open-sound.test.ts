import { expect, test } from 'vitest';
import { createSoundTail } from './open-sound.ts';

const piece = (value: number, ms: number) => new Int16Array(ms * 16).fill(value);

test('sound since a moment is what came after it, whatever the pieces were', () => {
  const tail = createSoundTail();
  tail.add(0, piece(1, 10));
  tail.add(10, piece(2, 20));
  tail.add(30, new Int16Array(0));
  const since = tail.since(5)!;
  expect(since.endMs).toBe(30);
  const samples = since.samples();
  expect(samples).toHaveLength(25 * 16);
  expect([samples[0], samples[5 * 16 - 1], samples[5 * 16], samples.at(-1)]).toEqual([1, 1, 2, 2]);
});

test('what is cut off is let go; a copy taken before stays whole', () => {
  const tail = createSoundTail();
  tail.add(0, piece(1, 10));
  tail.add(10, piece(2, 10));
  const before = tail.since(0)!;
  tail.dropBefore(10);
  tail.add(20, piece(3, 10));
  expect(tail.since(0)).toBeNull();
  expect(tail.since(10)?.samples()).toHaveLength(20 * 16);
  expect(before.samples()).toHaveLength(20 * 16);
  expect(before.samples().at(-1)).toBe(2);
});

test('nothing is told of sound that is not held, nor after a hole', () => {
  const tail = createSoundTail();
  expect(tail.since(0)).toBeNull();
  tail.add(0, piece(1, 10));
  expect(tail.since(10)).toBeNull();
  tail.clear();
  expect(tail.since(0)).toBeNull();
});
