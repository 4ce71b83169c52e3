/** Threads are planned, never oversubscribed: a turn on the processor takes as many cores as its worker has threads. Pure. */

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
