/** A sentence of a reference, seconds. */
export type Sentence = { start: number; end: number };
/** A stretch of sound that was cut out, ms of the live. */
export type Cut = { startMs: number; endMs: number };

/** The moment, ms of the live, at which the last sentence of each cut was over; cuts that hold no end of a sentence are left out. */
export function utteranceEnds<T extends Cut>(
  sentences: readonly Sentence[],
  cuts: readonly T[],
): { cut: T; endMs: number }[] {
  return cuts.flatMap((cut) => {
    const ends = sentences.map(({ end }) => end * 1000).filter((end) => end > cut.startMs && end <= cut.endMs);
    return ends.length === 0 ? [] : [{ cut, endMs: Math.max(...ends) }];
  });
}
