/** Time as a parameter for the shell's own rules; the engine brings its own clock. */
export type Timer = {
  /** Milliseconds that never jump. */
  monotonicMs(): number;
  /** Calls `run` once after `ms` unless the returned function is called first. */
  schedule(ms: number, run: () => void): () => void;
};

export const systemTimer: Timer = {
  monotonicMs: () => performance.now(),
  schedule(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
