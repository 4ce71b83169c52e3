import type { Segment } from '#shared/model/segment.ts';

/** Nothing more is awaited of it: it has words and a verdict, or will never have any. */
export function isSettled(segment: Segment): boolean {
  return segment.state === 'written' ? segment.verdict !== null : segment.state !== 'heard';
}

/** What of one live has been told: each segment once, in order of its number, whatever order news comes in. */
export type Told = {
  /** The first number that has not been told. */
  next(): number;
  /** The segments that can be told now. `all`: also those of which nothing more will come. */
  take(segments: readonly Segment[], all?: boolean): Segment[];
  /** Whether the segment was told with another verdict than it has now; remembers the new one. */
  revise(segment: Segment): boolean;
};

export function createTold(): Told {
  /** Verdict ids by number - 1. */
  const verdicts: (string | null)[] = [];
  return {
    next: () => verdicts.length + 1,
    take(segments, all = false) {
      const now: Segment[] = [];
      for (const segment of segments.toSorted((a, b) => a.number - b.number)) {
        if (segment.number !== verdicts.length + 1) continue;
        if (!isSettled(segment) && !all) break;
        verdicts.push(segment.verdict?.id ?? null);
        now.push(segment);
      }
      return now;
    },
    revise(segment) {
      const index = segment.number - 1;
      const verdictId = segment.verdict?.id ?? null;
      if (index >= verdicts.length || verdictId === null || verdicts[index] === verdictId) return false;
      verdicts[index] = verdictId;
      return true;
    },
  };
}
