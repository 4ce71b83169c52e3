import { expect, test } from 'vitest';
import { createSegmenter, type CutSegment, maxSegmentMs, minSegmentMs, requiredPauseFrames } from './segmenter.ts';

/** A generator of the same noise each time (Numerical Recipes' linear congruence). */
function noiseSource(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

/** Sound from pieces of [length in ms, loudness 0..1]. */
function sound(pieces: readonly (readonly [ms: number, loudness: number])[], seed = 1): Int16Array {
  const next = noiseSource(seed);
  return Int16Array.from(
    pieces.flatMap(([ms, loudness]) => Array.from({ length: ms * 16 }, () => Math.round(next() * loudness * 32_000))),
  );
}

const cut = (samples: Int16Array, startMs = 0): CutSegment[] => {
  const segmenter = createSegmenter({ startMs });
  return [...segmenter.push(samples), ...segmenter.flush()];
};

function expectTiles(segments: readonly CutSegment[], startMs: number, endMs: number): void {
  let at = startMs;
  for (const [index, segment] of segments.entries()) {
    expect(segment.startMs).toBe(at);
    expect(segment.endMs - segment.startMs).toBeLessThanOrEqual(maxSegmentMs);
    if (index < segments.length - 1) expect(segment.endMs - segment.startMs).toBeGreaterThanOrEqual(minSegmentMs);
    at = segment.endMs;
  }
  expect(at).toBe(endMs);
}

test.each([
  ['nothing', [[31_000, 0]], [15_000, 30_000, 31_000]],
  ['faint noise', [[31_000, 0.002]], [15_000, 30_000, 31_000]],
  [
    'a sentence in silence',
    [
      [1000, 0.002],
      [2000, 0.5],
      [2000, 0.002],
    ],
    [3225, 5000],
  ],
  [
    'a word shorter than a segment may be',
    [
      [200, 0.002],
      [300, 0.5],
      [2000, 0.002],
    ],
    [1000, 2500],
  ],
  [
    'a pause too short to cut early',
    [
      [2000, 0.5],
      [300, 0.002],
      [2000, 0.5],
      [600, 0.002],
    ],
    [4525, 4900],
  ],
  [
    'the same pause late',
    [
      [11_000, 0.5],
      [300, 0.002],
      [3000, 0.5],
      [600, 0.002],
    ],
    [11_180, 14_550, 14_900],
  ],
  [
    'long silence before a sentence',
    [
      [9000, 0.002],
      [2000, 0.5],
      [1000, 0.002],
    ],
    [8700, 11_225, 12_000],
  ],
] as const)('%s', (_, pieces, cuts) => {
  const segments = cut(sound(pieces));
  expectTiles(
    segments,
    0,
    pieces.reduce((sum, [ms]) => sum + ms, 0),
  );
  expect(segments).toHaveLength(cuts.length);
  // The level is smoothed over 50 ms, so a cut may lie that far off.
  for (const [index, segment] of segments.entries())
    expect(Math.abs(segment.endMs - (cuts[index] ?? 0))).toBeLessThanOrEqual(60);
});

test('speech without any pause is cut at its quietest place', () => {
  const segments = cut(
    sound([
      [12_500, 0.5],
      [20, 0.25],
      [7_480, 0.5],
    ]),
  );
  expectTiles(segments, 0, 20_000);
  expect(Math.abs((segments[0]?.endMs ?? 0) - 12_520)).toBeLessThanOrEqual(60);
});

test('a pause of 100 ms is preferred to the middle of a word at 15 s', () => {
  const segments = cut(
    sound([
      [9_000, 0.5],
      [120, 0.002],
      [10_000, 0.5],
    ]),
  );
  expect(Math.abs((segments[0]?.endMs ?? 0) - 9_060)).toBeLessThanOrEqual(60);
});

test('what is only background is said to be so, at any loudness of speech it is not', () => {
  const quiet = cut(
    sound([
      [5_000, 0.002],
      [2_000, 0.05],
      [9_000, 0.002],
      [2000, 0.5],
      [1000, 0.002],
    ]),
  );
  expect(quiet.map(({ speechLikely }) => speechLikely)).toEqual(
    [false, true, false, true, false].slice(0, quiet.length),
  );
  expect(cut(sound([[3_000, 0]])).map(({ speechLikely, peakBp }) => [speechLikely, peakBp])).toEqual([[false, 0]]);
});

test('speech from the first sample on is not taken for background', () => {
  expect(
    cut(
      sound([
        [3_000, 0.3],
        [1000, 0.002],
      ]),
    )[0]?.speechLikely,
  ).toBe(true);
});

test('the same sound in any portions gives the same segments', () => {
  const samples = sound(
    [
      [1500, 0.4],
      [700, 0.003],
      [3000, 0.3],
      [500, 0.003],
      [20_000, 0.4],
      [333, 0.003],
    ],
    7,
  );
  const whole = cut(samples, 500);
  expectTiles(whole, 500, 26_533);
  for (const portion of [1, 159, 160, 161, 12_345]) {
    const segmenter = createSegmenter({ startMs: 500 });
    const parts: CutSegment[] = [];
    for (let at = 0; at < samples.length; at += portion)
      parts.push(...segmenter.push(samples.subarray(at, at + portion)));
    parts.push(...segmenter.flush());
    expect(parts).toEqual(whole);
  }
});

test('random sound is always tiled, restarted anywhere', () => {
  const next = noiseSource(99);
  const random = (most: number) => Math.floor(((next() + 1) / 2) * most);
  for (let round = 0; round < 30; round += 1) {
    const pieces = Array.from(
      { length: 1 + random(20) },
      () => [10 + random(4_000), random(3) === 0 ? 0.002 : random(100) / 100] as const,
    );
    const samples = sound(pieces, round);
    const lengthMs = samples.length / 16;
    const segments = cut(samples);
    expectTiles(segments, 0, lengthMs);
    const restart = segments[random(segments.length)]?.startMs ?? 0;
    const again = createSegmenter({
      startMs: restart,
      before: samples.subarray(Math.max(0, restart - 10_000) * 16, restart * 16),
    });
    expectTiles([...again.push(samples.subarray(restart * 16)), ...again.flush()], restart, lengthMs);
  }
});

test.each([
  [100, 45],
  [400, 45],
  [800, 33],
  [1200, 20],
  [1500, 20],
])('after %i frames a pause of %i ends a segment', (length, pause) =>
  expect(Math.abs(requiredPauseFrames(length) - pause)).toBeLessThanOrEqual(1),
);

test.each([5_000, 15_000, 30_000])('speech without a pause is cut at %i ms where that is the longest', (maxMs) => {
  const segmenter = createSegmenter({ startMs: 0, maxMs });
  const lengths = [...segmenter.push(sound([[2 * maxMs + 3_000, 0.5]])), ...segmenter.flush()].map(
    ({ startMs, endMs }) => endMs - startMs,
  );
  expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(2 * maxMs + 3_000);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(maxMs);
  expect(Math.max(...lengths)).toBeGreaterThan(maxMs / 2);
});

test('the longer a segment may be, the later a short pause ends it', () => {
  const pauses = [5_000, 15_000, 30_000].map((maxMs) => requiredPauseFrames(400, maxMs));
  expect(pauses).toEqual([20, 45, 45]);
  expect(requiredPauseFrames(2_400, 30_000)).toBe(20);
});
