/** Keeps one speech worker running: which one, when to start it again, when to stop trying. */
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { isVigieError, VigieError } from '#shared/errors.ts';

import type { Ready } from './protocol/messages.ts';
import type { Plan } from './worker-plan.ts';
import type { WorkerExit, WorkerProcess } from './worker-process.ts';

export type Kept = { process: WorkerProcess; ready: Ready; plan: Plan };

export type WorkerKeeper = {
  /**
   * The running worker, started when there is none, after the delay its last failures earned. Rejects with model-invalid, with
   * speech-unavailable once the restarts are used up, with engine-stopped after close.
   */
  worker(): Promise<Kept>;
  /** What became of a request: failures of the worker count towards the end, a success wipes the slate. */
  succeeded(kept: Kept, memoryBytes: number): void;
  failed(kept: Kept): void;
  /** The worker that runs now, if any. Starts none. */
  running(): Kept | null;
  /** True once the graphics card was given up. */
  gpuGivenUp(): boolean;
  close(): Promise<void>;
};

export type KeeperOptions = {
  plans: readonly Plan[];
  start(plan: Plan): WorkerProcess;
  clock: Clock;
  log: Log;
  /** Above this a worker is replaced between two requests: a leak must not grow into the machine's memory. */
  memoryLimitBytes?: (ready: Ready) => number;
};

const firstDelayMs = 250;
const longestDelayMs = 30_000;
/** Failures in a row after which nothing is started until `restAfterEndMs` have passed. */
const mostFailures = 8;
const restAfterEndMs = 60_000;
/** Failures of one plan after which the next is tried. */
const failuresPerPlan = 2;

/** Twice what the loaded model takes, and room for the states of several lives of a large model. */
const defaultLimit = (ready: Ready) => 2 * ready.memoryBytes + 2 * 1024 ** 3;

export function createWorkerKeeper({
  plans,
  start,
  clock,
  log,
  memoryLimitBytes = defaultLimit,
}: KeeperOptions): WorkerKeeper {
  const closing = new AbortController();
  let at = 0;
  let gpuGivenUp = false;
  let planFailures = 0;
  let proven = false;
  let failures = 0;
  let endedAtMs = 0;
  let kept: Kept | null = null;
  let starting: Promise<Kept> | null = null;
  const leaving = new Set<Promise<unknown>>();

  const dismiss = (process: WorkerProcess) => {
    const gone = process.stop().finally(() => leaving.delete(gone));
    leaving.add(gone);
  };

  /**
   * Counts a failure of the plan in use and moves on to the next plan that could help: another program at once where this one cannot be
   * started or speaks another protocol; after two failures the processor instead of the graphics card, or, for a worker that never
   * answered once (a program built for another processor), the next worker. One that has worked is only restarted.
   */
  const count = (plan: Plan, ready: Ready | null, reason?: WorkerExit['reason']) => {
    failures++;
    endedAtMs = clock.monotonicMs();
    if (plans[at] !== plan) return;
    const useless = ready === null && (reason === 'not-started' || reason === 'refused');
    if (++planFailures < failuresPerPlan && !useless) return;
    const helps = (other: Plan) => {
      if (useless) return other.worker !== plan.worker;
      if (ready === null) return true;
      if (ready.device === 'gpu') return !other.gpu;
      return !proven && other.worker !== plan.worker;
    };
    const next = plans.findIndex((other, index) => index > at && helps(other));
    const chosen = plans[next];
    if (!chosen) return;
    gpuGivenUp ||= !useless && plan.gpu && !chosen.gpu;
    log.warn({ from: describe(plan), to: describe(chosen) }, 'speech worker changed');
    at = next;
    planFailures = 0;
    proven = false;
  };

  const launch = async (): Promise<Kept> => {
    for (;;) {
      const plan = plans[at];
      if (!plan) throw new VigieError('speech-unavailable', { detail: 'no speech worker is built or installed' });
      const wait = failures === 0 ? 0 : Math.min(longestDelayMs, firstDelayMs * 2 ** (failures - 1));
      if (wait > 0) await clock.delay(wait, closing.signal);
      const process = start(plan);
      try {
        const ready = await process.ready;
        log.info(
          { plan: describe(plan), library: ready.library, device: ready.device, threads: ready.threads },
          'speech worker ready',
        );
        return { process, ready, plan };
      } catch (error) {
        if (closing.signal.aborted || isVigieError(error, 'model-invalid')) throw error;
        const { reason } = await process.exited;
        count(plan, null, reason);
        // What cannot be started will not start a second time either.
        const hopeless = (reason === 'not-started' || reason === 'refused') && plans[at] === plan;
        if (hopeless || failures >= mostFailures) throw error;
      }
    }
  };

  return {
    gpuGivenUp: () => gpuGivenUp,
    running: () => (kept?.process.alive() ? kept : null),
    async worker() {
      if (closing.signal.aborted) throw new VigieError('engine-stopped', { reason: 'the speech engine is closing' });
      if (kept?.process.alive()) return kept;
      kept = null;
      if (failures >= mostFailures) {
        if (clock.monotonicMs() - endedAtMs < restAfterEndMs) {
          throw new VigieError('speech-unavailable', { detail: `the speech worker failed ${failures} times in a row` });
        }
        // One more attempt after the rest; its failure is the end again.
        failures = mostFailures - 1;
      }
      starting ??= launch().finally(() => {
        starting = null;
      });
      try {
        kept = await starting;
      } catch (error) {
        if (closing.signal.aborted) throw new VigieError('engine-stopped', { reason: 'the speech engine is closing' });
        throw error;
      }
      if (closing.signal.aborted) {
        dismiss(kept.process);
        throw new VigieError('engine-stopped', { reason: 'the speech engine is closing' });
      }
      return kept;
    },
    succeeded(worker, memoryBytes) {
      failures = 0;
      planFailures = 0;
      proven = true;
      if (kept !== worker || memoryBytes <= memoryLimitBytes(worker.ready)) return;
      log.warn(
        { memoryBytes, limitBytes: memoryLimitBytes(worker.ready) },
        'speech worker replaced because of its memory',
      );
      kept = null;
      dismiss(worker.process);
    },
    failed: (worker) => count(worker.plan, worker.ready),
    async close() {
      closing.abort(new Error('closing'));
      if (kept) dismiss(kept.process);
      kept = null;
      if (starting) {
        const late = await starting.catch(() => null);
        if (late) dismiss(late.process);
      }
      await Promise.all(leaving);
    },
  };
}

function describe(plan: Plan | undefined): string {
  return plan ? `${plan.worker} ${plan.gpu ? 'gpu' : 'cpu'}` : 'none';
}
