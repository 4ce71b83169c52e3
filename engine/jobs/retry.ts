/** Exponential: 1 s, 2 s, 4 s ... at most 5 min, after `failedAttempts` failures (0 for the first). */
export function retryDelayMs(failedAttempts: number): number {
  return Math.min(300_000, 1000 * 2 ** Math.min(failedAttempts, 20));
}
