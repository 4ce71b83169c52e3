import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../tests/support/seeded-random.ts';
import { clipMarginMs, keptPart, merged, type SoundCase, whatMayGo } from './what-may-go.ts';

const hour = 3_600_000;
const minutes = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => ({ startMs: (from + n) * 60_000, endMs: (from + n + 1) * 60_000 }));

/** Ten minutes of settled sound, over for a day. */
const settled: SoundCase = {
  keepAudio: false,
  over: true,
  endedAt: 0,
  files: minutes(0, 10),
  segments: minutes(0, 10).map((segment) => ({ ...segment, settled: true })),
  alerts: [],
  notes: [],
};
const plan = (more: Partial<SoundCase>, nowMs = 24 * hour) => whatMayGo({ ...settled, ...more }, nowMs, 24 * hour);

describe('which sound may go', () => {
  test.each([
    ['all of it was to be kept', { keepAudio: true }, 'kept'],
    ['it is still heard or written down', { over: false }, 'running'],
    ['nobody knows when it ended', { endedAt: null }, 'running'],
    ['it ended a moment ago', { endedAt: 1 }, 'early'],
    ['it ended after now: a clock that was set back', { endedAt: 48 * hour }, 'early'],
    ['it ended at no time that makes sense', { endedAt: Number.NaN }, 'early'],
    ['an alert of it waits for a person', { alerts: [{ startMs: 0, endMs: 5, open: true }] }, 'review'],
  ] as const)('none while %s', (_, more, wait) => expect(plan(more)).toEqual({ wait }));

  test('all of it when nothing needs it', () =>
    expect(plan({})).toEqual({ wait: null, drop: [{ startMs: 0, endMs: 600_000 }], keep: [] }));

  test.each([
    ['an alert in the middle of a file', { startMs: 270_000, endMs: 275_000 }, minutes(4, 6)],
    ['an alert near the start of a file', { startMs: 241_000, endMs: 246_000 }, minutes(3, 5)],
    ['an alert whose margin ends where a file does', { startMs: 270_000, endMs: 330_000 }, minutes(4, 6)],
    ['an alert a millisecond longer', { startMs: 270_000, endMs: 330_001 }, minutes(4, 7)],
    ['an alert at the very start', { startMs: 0, endMs: 1_000 }, minutes(0, 1)],
  ])('the files around %s stay, whole', (_, alert, kept) => {
    const done = plan({ alerts: [{ ...alert, open: false }] });
    expect(done).toMatchObject({ wait: null, keep: kept });
  });

  test('the files around a noted moment stay too', () =>
    expect(plan({ notes: [{ startMs: 271_000, endMs: 271_001 }] })).toMatchObject({ keep: minutes(4, 6) }));

  test('sound without words, without a verdict or without a segment stays', () => {
    const segments = settled.segments.map((segment, n) => ({ ...segment, settled: n !== 5 }));
    expect(plan({ segments })).toMatchObject({ keep: minutes(4, 7) });
    expect(plan({ segments: settled.segments.slice(0, 9) })).toMatchObject({ keep: minutes(9, 10) });
    expect(plan({ segments: [] })).toMatchObject({ drop: [] });
  });
});

test('whatever the live: nothing unsettled, uncovered or within 30 s of an alert or a note ever goes, and what goes was there', () => {
  const random = seededRandom(2653);
  const below = (most: number) => Math.floor(random() * most);
  for (let round = 0; round < 3_000; round += 1) {
    const endMs = 30_000 + below(900_000);
    const files: { startMs: number; endMs: number }[] = [];
    const segments: { startMs: number; endMs: number; settled: boolean }[] = [];
    for (let at = 0; at < endMs;) {
      const next = Math.min(endMs, at + 1 + below(60_000));
      if (below(20) > 0) files.push({ startMs: at, endMs: next });
      at = next;
    }
    for (let at = 0; at < endMs;) {
      const next = Math.min(endMs, at + 1 + below(15_000));
      if (below(60) > 0) segments.push({ startMs: at, endMs: next, settled: below(40) > 0 });
      at = next;
    }
    const alerts = segments
      .filter(() => below(30) === 0)
      .map(({ startMs, endMs: end }) => ({ startMs, endMs: end, open: below(10) === 0 }));
    const notes = segments.filter(() => below(50) === 0).map(({ startMs }) => ({ startMs, endMs: startMs + 1 }));
    const live = {
      keepAudio: below(10) === 0,
      over: below(10) > 0,
      endedAt: below(10) > 0 ? 0 : null,
      files,
      segments,
      alerts,
      notes,
    };
    const done = whatMayGo(live, below(3) * hour, hour);
    if (done.wait !== null) continue;
    expect([live.keepAudio, live.over, live.endedAt]).toEqual([false, true, 0]);
    expect(alerts.some(({ open }) => open)).toBe(false);
    const gone = (at: number) => done.drop.some((stretch) => stretch.startMs <= at && at < stretch.endMs);
    // Every edge of everything is looked at, from both sides.
    for (const alert of [...alerts, ...notes])
      for (const at of [alert.startMs - clipMarginMs, alert.startMs, alert.endMs - 1, alert.endMs + clipMarginMs - 1])
        expect(gone(at)).toBe(false);
    for (const segment of segments)
      if (!segment.settled) for (const at of [segment.startMs, segment.endMs - 1]) expect(gone(at)).toBe(false);
    for (const { startMs, endMs: to } of done.drop)
      for (const at of [startMs, Math.floor((startMs + to) / 2), to - 1]) {
        expect(segments.some((segment) => segment.settled && segment.startMs <= at && at < segment.endMs)).toBe(true);
        expect(files.some((file) => file.startMs <= at && at < file.endMs)).toBe(true);
      }
    const total = (stretches: readonly { startMs: number; endMs: number }[]) =>
      stretches.reduce((sum, stretch) => sum + stretch.endMs - stretch.startMs, 0);
    expect(total(done.drop) + total(done.keep)).toBe(total(files));
  }
});

test.each([
  [[0, 10], [], [0, 10]],
  [[0, 10], [[0, 10]], null],
  [
    [0, 10],
    [
      [2, 5],
      [5, 20],
      [0, 2],
    ],
    null,
  ],
  [[0, 10], [[5, 20]], [0, 5]],
  [[0, 10], [[0, 5]], [5, 10]],
  [[0, 10], [[3, 5]], [0, 3]],
  [
    [10, 20],
    [
      [0, 10],
      [20, 30],
    ],
    [10, 20],
  ],
] as const)('of %j, with %j erased, %j can be heard', (wanted, erased, kept) => {
  const stretch = ([startMs, endMs]: readonly [number, number]) => ({ startMs, endMs });
  expect(keptPart(stretch(wanted), erased.map(stretch))).toEqual(kept && stretch(kept));
});

test('stretches that touch are one', () =>
  expect(
    merged([
      { startMs: 5, endMs: 9 },
      { startMs: 0, endMs: 5 },
      { startMs: 10, endMs: 11 },
    ]),
  ).toEqual([
    { startMs: 0, endMs: 9 },
    { startMs: 10, endMs: 11 },
  ]));
