import { expect, test } from 'vitest';
import { createMediaClock, frameInReport, type Jump } from './media-clock.ts';

const length = 23;
type Step = { at: number; count?: number; length?: number };

/** Frames of 23 ms, runs of them beginning at the given timestamps. */
function jumpsOf(start: number | null, ...steps: Step[]): Jump[] {
  const clock = createMediaClock(start);
  for (const { at, count = 20, length: each = length } of steps) {
    for (let i = 0; i < count; i += 1) clock.frame({ ptsMs: at + i * each, durationMs: each });
  }
  clock.close();
  return clock.take(Number.POSITIVE_INFINITY);
}
const lengthMs = 20 * length;
const wrapMs = 2 ** 33 / 90;

const cases: [name: string, start: number | null, steps: Step[], jumps: Jump[]][] = [
  ['steady', 0, [{ at: 0 }, { at: lengthMs }], []],
  [
    'rounded to the time base',
    null,
    [
      { at: 0, count: 1 },
      { at: 24, count: 1 },
      { at: 45, count: 1 },
    ],
    [],
  ],
  ['a hole', 0, [{ at: 0 }, { at: lengthMs + 3_000 }], [{ atMs: lengthMs, jumpMs: 3_000 }]],
  ['sound that begins late', 0, [{ at: 5_000 }], [{ atMs: 0, jumpMs: 5_000 }]],
  ['a live begins anywhere', null, [{ at: 5_000 }], []],
  ['hours', 0, [{ at: 0 }, { at: 36e6 }], [{ atMs: lengthMs, jumpMs: 36e6 - lengthMs }]],
  ['a wrap of 33 bits', null, [{ at: wrapMs - lengthMs }, { at: 0 }], [{ atMs: lengthMs, jumpMs: -wrapMs }]],
  ['one wild frame', 0, [{ at: 0 }, { at: 9e6, count: 1 }, { at: lengthMs + length }], []],
  ['a frame that steps back', 0, [{ at: 0 }, { at: lengthMs - 300, count: 1 }, { at: lengthMs + length }], []],
  ['a wild frame at the end', 0, [{ at: 0 }, { at: 9e6, count: 1 }], []],
  [
    'two different wild frames',
    0,
    [{ at: 0 }, { at: 9e6, count: 1 }, { at: 5e6, count: 1 }, { at: lengthMs + 2 * length }],
    [],
  ],
  [
    'one long frame is enough',
    0,
    [{ at: 0 }, { at: 9_000, count: 1, length: 1_000 }],
    [{ atMs: lengthMs, jumpMs: 9_000 - lengthMs }],
  ],
];
test.each(cases)('%s', (_, start, steps, jumps) => expect(jumpsOf(start, ...steps)).toEqual(jumps));

test('sound is held only while its timestamp is doubted', () => {
  const clock = createMediaClock(0);
  clock.frame({ ptsMs: 0, durationMs: length });
  expect(clock.knownMs()).toBe(length);
  clock.frame({ ptsMs: 4_000, durationMs: length });
  expect(clock.knownMs()).toBe(length);
  for (let i = 1; i < 4; i += 1) clock.frame({ ptsMs: 4_000 + i * length, durationMs: length });
  expect(clock.knownMs()).toBe(5 * length);
  clock.frame({ ptsMs: null, durationMs: length });
  expect(clock.knownMs()).toBe(6 * length);
});

test('500 steps back of single frames move nothing', () => {
  const clock = createMediaClock(null);
  for (let i = 0; i < 5_000; i += 1) clock.frame({ ptsMs: i * length - (i % 10 === 9 ? 400 : 0), durationMs: length });
  clock.close();
  expect(clock.take(Number.POSITIVE_INFINITY)).toEqual([]);
});

test.each([
  [
    '[Parsed_ashowinfo_0 @ 0x42b4b600] [info] n:4 pts:4088 pts_time:0.0851667 pos:1013 fmt:fltp channels:1 chlayout:mono rate:48000 nb_samples:1024 checksum:B86930AE plane_checksums: [ B86930AE ]',
    { ptsMs: 85.167, durationMs: 1024 / 48 },
  ],
  [
    '[Parsed_ashowinfo_0 @ 0x1] [info] n:0 pts:NOPTS pts_time:NOPTS pos:-1 fmt:s16 channels:1 chlayout:mono rate:8000 nb_samples:160 checksum:0 plane_checksums: [ 0 ]',
    { ptsMs: null, durationMs: 20 },
  ],
  ['[info]     title           : n:0 pts_time:5 rate:1 nb_samples:9', null],
  ['[Parsed_ashowinfo_0 @ 0x1] [info] n:0 pts_time:1 rate:0 nb_samples:160 ', null],
])('%s', (line, frame) => expect(frameInReport(line)).toEqual(frame));
