/** The one in the middle of an odd number of values, the upper of the two of an even one; 0 of none. */
export const middleOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** The smallest value that `part` of the values do not exceed (nearest rank); 0 of none. */
export function percentileOf(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0;
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

/**
 * The largest of `counts` (rising) that passes, found by halving: every try costs a minute of real time.
 * @returns null when none passes, with what each try found
 */
export async function largest<T>(
  counts: readonly number[],
  attempt: (count: number) => Promise<T>,
  passes: (found: T) => boolean,
): Promise<{ count: number; found: T } | null> {
  let best: { count: number; found: T } | null = null;
  let [low, high] = [0, counts.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const count = counts[middle]!;
    const found = await attempt(count);
    if (passes(found)) {
      best = { count, found };
      low = middle + 1;
    } else high = middle - 1;
  }
  return best;
}

/** A line of the table at the end of `npm run bench:speech`. */
export type Summary = {
  measure: string;
  device: string;
  figure: string;
  baseline: string;
  ratio: string;
  goal: string;
};
