/** How long a worker may take over one sound. Pure but for what it has been told. */
export type Patience = {
  limitMs(soundMs: number): number;
  /** What one sound really took. */
  took(ms: number): void;
  /** The limit struck: what was learned no longer holds (the machine may just have become slower). */
  forget(): void;
};

const remembered = 16;
const enough = 3;
const shortestMs = 20_000;
const wedgedMs = 60_000;

/**
 * Before anything is known: half a minute and twenty times the sound; beyond that a live could never be followed on this machine
 * anyway. Once three sounds have been heard, a worker that takes six times as long as its slowest of late is wedged: it is
 * given 20 s at least, and a minute at most unless it was really seen to need more than half of that.
 */
export function createPatience(): Patience {
  let times: number[] = [];
  return {
    limitMs(soundMs) {
      if (times.length < enough) return 30_000 + 20 * soundMs;
      const slowest = Math.max(...times);
      return Math.max(2 * slowest, Math.min(wedgedMs, Math.max(shortestMs, 6 * slowest)));
    },
    took(ms) {
      times = [...times, ms].slice(-remembered);
    },
    forget() {
      times = [];
    },
  };
}
