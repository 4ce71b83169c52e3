import { systemClock, type Clock } from '../../engine/base/clock.ts';

/** The system's clock running `factor` times faster: real streams and real children, without waiting for their time limits. */
export function createFastClock(factor: number): Clock & { stepWall(ms: number): void } {
  const startWall = systemClock.now();
  const start = systemClock.monotonicMs();
  let step = 0;
  const monotonicMs = () => (systemClock.monotonicMs() - start) * factor;
  return {
    now: () => startWall + Math.round(monotonicMs()) + step,
    monotonicMs,
    delay: (ms, signal) => systemClock.delay(ms / factor, signal),
    schedule: (ms, run) => systemClock.schedule(ms / factor, run),
    stepWall(ms) {
      step += ms;
    },
  };
}
