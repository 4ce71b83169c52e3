/** Threads are planned, never oversubscribed: a turn on the processor takes as many cores as its worker has threads. Pure. */

/** Every worker holds the model; together they hold no more than this, unless one model alone is larger. */
const mostModelBytes = 600e6;

/**
 * Workers of one model side by side. The decoder, one token after the other, gains nothing from a second thread: on two cores two workers
 * with one thread each write 1.3 to 2.1 times as much as one with two, and one alone is hardly slower (`npm run bench -- capacity`).
 * Somebody who asks for threads has planned the cores; a graphics card does one thing after the other.
 */
export function workersPerModel(plan: {
  cores: number;
  modelBytes: number;
  /** 0: planned. */
  wanted: number;
  threads: number;
  card: boolean;
}): number {
  if (plan.wanted > 0) return plan.wanted;
  if (plan.threads > 0 || plan.card || plan.cores < 2) return 1;
  const byMemory = Math.floor(mostModelBytes / Math.max(1, plan.modelBytes));
  return Math.max(1, Math.min(4, Math.max(2, Math.floor(plan.cores / 2)), byMemory));
}

/** Threads of each worker. Beyond eight the encoder gains little; several workers of one model share the cores. */
export function threadsPerWorker(plan: { cores: number; workers: number; wanted: number }): number {
  if (plan.wanted > 0) return plan.wanted;
  return Math.max(1, Math.min(8, Math.floor(plan.cores / Math.max(1, plan.workers))));
}

/**
 * Whether one more turn may begin beside those that run. One turn alone always may, also with more threads than there are cores:
 * somebody asked for that. A turn on a graphics card costs one core.
 * @param running cores that each running turn takes
 */
export function fits(wanted: number, running: readonly number[], cores: number): boolean {
  return running.length === 0 || running.reduce((sum, each) => sum + each, wanted) <= cores;
}
