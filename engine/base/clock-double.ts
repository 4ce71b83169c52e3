import type { Clock } from './clock.ts';

export type ClockDouble = Clock & {
  /** Moves both clocks on by `ms`, firing what falls due in order, letting promises settle between two firings. */
  advance(ms: number): Promise<void>;
  /** Steps the wall clock alone, as NTP or a person does. */
  stepWall(ms: number): void;
};

/** A clock for tests: stands still until told. */
export function createClockDouble(startMs = Date.UTC(2026, 0, 1)): ClockDouble {
  let monotonic = 0;
  let wallOffset = startMs;
  let due: { atMs: number; run: () => void }[] = [];

  const schedule = (ms: number, run: () => void) => {
    const entry = { atMs: monotonic + Math.max(0, ms), run };
    due.push(entry);
    return () => {
      due = due.filter((other) => other !== entry);
    };
  };

  return {
    now: () => wallOffset + monotonic,
    monotonicMs: () => monotonic,
    schedule,
    delay: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const onAbort = () => {
          cancel();
          reject(signal?.reason);
        };
        const cancel = schedule(ms, () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        });
        signal?.addEventListener('abort', onAbort, { once: true });
      }),
    async advance(ms) {
      const end = monotonic + ms;
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        const next = due.filter((entry) => entry.atMs <= end).sort((a, b) => a.atMs - b.atMs)[0];
        if (!next) break;
        due = due.filter((entry) => entry !== next);
        monotonic = Math.max(monotonic, next.atMs);
        next.run();
      }
      monotonic = end;
    },
    stepWall: (ms) => {
      wallOffset += ms;
    },
  };
}
