/** Delays between attempts: longer each time up to a limit, +-5 % so that many do not come back at once (as OBS Studio does). */
export function createBackoff(
  limits: { backoffMs: number; backoffFactor: number; backoffMaxMs: number },
  random: () => number,
): { next(): number; reset(): void } {
  let delayMs = limits.backoffMs;
  return {
    next() {
      const jittered = delayMs * (0.95 + random() * 0.1);
      delayMs = Math.min(limits.backoffMaxMs, delayMs * limits.backoffFactor);
      return Math.round(jittered);
    },
    reset() {
      delayMs = limits.backoffMs;
    },
  };
}
