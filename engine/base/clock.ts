import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** Time as a parameter. `now` is wall time (epoch ms), `monotonicMs` never jumps, `delay` ends early by rejection when aborted. */
export type Clock = {
  now(): number;
  monotonicMs(): number;
  /** Resolves after `ms`; rejects with the signal's reason when aborted. Does not keep the process alive. */
  delay(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls `run` once after `ms` unless the returned function is called first. Does not keep the process alive. */
  schedule(ms: number, run: () => void): () => void;
};

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  delay: (ms, signal) => sleep(ms, undefined, { signal, ref: false }),
  schedule(ms, run) {
    const timer = setTimeout(run, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
