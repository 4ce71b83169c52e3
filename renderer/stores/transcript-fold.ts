import type { Gap } from '#shared/model/live.ts';
import type { Segment } from '#shared/model/segment.ts';

/**
 * What is known of one live's segments, numbered 1..last without holes. A number is `stale` when news of it arrived after
 * the copy we hold; `tick` orders news and reads, so that an answer asked for before the news does not hide it.
 */
export type Transcript = {
  byNumber: ReadonlyMap<number, Segment>;
  stale: ReadonlyMap<number, number>;
  last: number;
  tick: number;
};

export const emptyTranscript: Transcript = { byNumber: new Map(), stale: new Map(), last: 0, tick: 0 };

/** News of one segment. */
export function touch(before: Transcript, number: number): Transcript {
  const tick = before.tick + 1;
  const stale = new Map(before.stale).set(number, tick);
  return { ...before, stale, tick, last: Math.max(before.last, number) };
}

/** Nothing held can be trusted any more; it stays on screen until it is read again. */
export function touchAll(before: Transcript): Transcript {
  const tick = before.tick + 1;
  const stale = new Map([...before.byNumber.keys()].map((number) => [number, tick]));
  return { ...before, stale, tick };
}

/** The live says it has `count` segments. */
export function counted(before: Transcript, count: number): Transcript {
  return count <= before.last ? before : { ...before, last: count };
}

/** Segments read at `tick`. */
export function received(before: Transcript, segments: readonly Segment[], tick: number): Transcript {
  const byNumber = new Map(before.byNumber);
  const stale = new Map(before.stale);
  let last = before.last;
  for (const segment of segments) {
    byNumber.set(segment.number, segment);
    last = Math.max(last, segment.number);
    if ((stale.get(segment.number) ?? 0) <= tick) stale.delete(segment.number);
  }
  return { ...before, byNumber, stale, last };
}

/** The next read that the rows `from`..`to` (numbers, inclusive) need, or null: at most `most` numbers in one. */
export function nextRead(
  transcript: Transcript,
  rows: { from: number; to: number },
  most = 100,
): { fromNumber: number; limit: number } | null {
  const needed = (number: number) => !transcript.byNumber.has(number) || transcript.stale.has(number);
  const to = Math.min(rows.to, transcript.last);
  let first = Math.max(1, rows.from);
  while (first <= to && !needed(first)) first += 1;
  if (first > to) return null;
  let end = Math.min(to, first + most - 1);
  while (end > first && !needed(end)) end -= 1;
  return { fromNumber: first, limit: end - first + 1 };
}

/**
 * Gaps to show above segment `number`: those that lie between it and the one before. Unknown neighbours show none, since
 * nobody can say yet on which side a gap is.
 */
export function gapsBefore(transcript: Transcript, gaps: readonly Gap[], number: number): readonly Gap[] {
  if (gaps.length === 0) return gaps;
  const here = transcript.byNumber.get(number);
  const previous = transcript.byNumber.get(number - 1);
  if (!here || (number > 1 && !previous)) return [];
  return gaps.filter((gap) => gap.startMs <= here.startMs && (!previous || gap.startMs > previous.startMs));
}

/** Gaps after the last segment. */
export function gapsAtEnd(transcript: Transcript, gaps: readonly Gap[]): readonly Gap[] {
  const last = transcript.byNumber.get(transcript.last);
  if (transcript.last > 0 && !last) return [];
  return gaps.filter((gap) => !last || gap.startMs > last.startMs);
}
