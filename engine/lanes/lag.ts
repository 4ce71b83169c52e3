/** How late words are, looked at once a second. Pure but for what it has been told. */

export type LagFigures = { p50Ms: number; p95Ms: number };
export type LagSample = { at: number; lagMs: number };

const everyMs = 1_000;
const keptMs = 5 * 60_000;

/** The smallest value that `part` of the values do not exceed (nearest rank); 0 of none. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0;
}

export const lagFigures = (samples: readonly LagSample[]): LagFigures => {
  const values = samples.map(({ lagMs }) => lagMs);
  return { p50Ms: percentile(values, 0.5), p95Ms: percentile(values, 0.95) };
};

/** The last five minutes of one live, one look a second at most. */
export function createLagRecord() {
  let samples: LagSample[] = [];
  return {
    /** False when the last look is less than a second old. `at`: monotonic ms. */
    look(at: number, lagMs: number): boolean {
      const last = samples.at(-1);
      if (last && at - last.at < everyMs) return false;
      samples.push({ at, lagMs });
      const oldest = samples[0];
      if (oldest && at - oldest.at > keptMs) samples = samples.filter((sample) => at - sample.at <= keptMs);
      return true;
    },
    all: (): readonly LagSample[] => samples,
  };
}
