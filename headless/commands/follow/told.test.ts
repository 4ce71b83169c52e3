import { describe, expect, it } from 'vitest';
import type { Segment } from '#shared/model/segment.ts';
import { createTold } from './told.ts';

const segment = (number: number, state: Segment['state'], verdictId: string | null = null) =>
  ({ number, state, verdict: verdictId === null ? null : { id: verdictId } }) as Segment;
const numbers = (segments: Segment[]) => segments.map(({ number }) => number);

describe('what has been told of a live', () => {
  it('tells in order, once, and waits for the one in between', () => {
    const told = createTold();
    expect(numbers(told.take([segment(2, 'written', 'b'), segment(1, 'heard')]))).toEqual([]);
    expect(numbers(told.take([segment(2, 'written', 'b'), segment(1, 'silent')]))).toEqual([1, 2]);
    expect(numbers(told.take([segment(1, 'silent'), segment(2, 'written', 'b'), segment(3, 'failed')]))).toEqual([3]);
    expect(told.next()).toBe(4);
  });

  it('waits for the verdict of what was written, unless nothing more comes', () => {
    const told = createTold();
    expect(numbers(told.take([segment(1, 'written')]))).toEqual([]);
    expect(numbers(told.take([segment(1, 'written'), segment(2, 'filtered')], true))).toEqual([1, 2]);
  });

  it('does not jump over a number that is missing', () => {
    const told = createTold();
    expect(numbers(told.take([segment(1, 'silent'), segment(3, 'silent')]))).toEqual([1]);
  });

  it('notices a new verdict once', () => {
    const told = createTold();
    told.take([segment(1, 'written', 'a')]);
    expect(told.revise(segment(1, 'written', 'a'))).toBe(false);
    expect(told.revise(segment(1, 'written', 'b'))).toBe(true);
    expect(told.revise(segment(1, 'written', 'b'))).toBe(false);
    expect(told.revise(segment(2, 'written', 'c'))).toBe(false);
  });
});
