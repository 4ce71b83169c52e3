/** Keeps one speech worker running: which one, when to start it again, when to stop trying. */
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { isVigieError, VigieError } from '#shared/errors.ts';

import { forgetful, type Trial, type TrialMemory, type TrialOutcome } from './gpu-trial.ts';
import type { Ready } from './protocol/messages.ts';
import type { Plan } from './worker-plan.ts';
import type { WorkerExit, WorkerProcess } from './worker-process.ts';

/** `crashed`: given up after crashes; the others: see TrialOutcome. */
export type CardUnused = Exclude<TrialOutcome, 'gpu'> | 'crashed';

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
  /** Why no graphics card is used though plans for one were made; null while one is used, or none was planned. */
  cardUnused(): CardUnused | null;
  close(): Promise<void>;
};

export type KeeperOptions = {
  plans: readonly Plan[];
  start(plan: Plan): WorkerProcess;
  /** Puts a worker that may use a graphics card to the test; never rejects. */
  proveCard(process: WorkerProcess, ready: Ready): Promise<Trial>;
  trials?: TrialMemory;
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
/** As many crashes of a graphics card within this time, whatever succeeded between them, and the processor takes over. */
const cardCrashes = 2;
const cardCrashesWithinMs = 600_000;

/** Twice what the loaded model takes, and room for the states of several lives of a large model. */
const defaultLimit = (ready: Ready) => 2 * ready.memoryBytes + 2 * 1024 ** 3;

export function createWorkerKeeper({
  plans,
  start,
  proveCard,
  trials = forgetful,
  clock,
  log,
  memoryLimitBytes = defaultLimit,
}: KeeperOptions): WorkerKeeper {
  const closing = new AbortController();
  let cardUnused: CardUnused | null = null;
  /** Plans whose worker found no use for the card, now or at an earlier start. */
  const passedOver = new Set<Plan>();
  for (const plan of plans.filter(({ gpu }) => gpu)) {
    const found = trials.recall(plan);
    if (found === null || found === 'gpu') continue;
    passedOver.add(plan);
    cardUnused = worse(cardUnused, found);
  }
  let at = plans.findIndex((plan) => !passedOver.has(plan));
  let crashesMs: number[] = [];
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

  const moveTo = (plan: Plan, chosen: Plan) => {
    log.warn({ from: describe(plan), to: describe(chosen) }, 'speech worker changed');
    at = plans.indexOf(chosen);
    planFailures = 0;
    proven = false;
  };
  const following = (plan: Plan, fits: (other: Plan) => boolean) =>
    plans.find((other, index) => index > plans.indexOf(plan) && !passedOver.has(other) && fits(other));

  /**
   * Counts a failure of the plan in use and moves on to the next plan that could help: another program at once where this one cannot be
   * started or speaks another protocol; the processor after two crashes on the graphics card within ten minutes; after two failures in a
   * row the next worker, for one that never answered (a program built for another processor). One that has worked is only restarted.
   */
  const count = (plan: Plan, ready: Ready | null, reason?: WorkerExit['reason']) => {
    failures++;
    endedAtMs = clock.monotonicMs();
    if (plans[at] !== plan) return;
    const useless = ready === null && (reason === 'not-started' || reason === 'refused');
    if (useless) for (const other of plans) if (other.worker === plan.worker && other !== plan) passedOver.add(other);
    if (plan.gpu && !useless) {
      crashesMs = [...crashesMs, endedAtMs].filter((ms) => endedAtMs - ms < cardCrashesWithinMs);
      if (crashesMs.length < cardCrashes) return;
      cardUnused = 'crashed';
      for (const other of plans) if (other.gpu) passedOver.add(other);
    } else if (++planFailures < failuresPerPlan && !useless) return;
    const chosen = following(plan, (other) => useless || plan.gpu || (other.worker !== plan.worker && !proven));
    if (chosen) moveTo(plan, chosen);
  };

  /** Whether the worker may stay: one that was to use the card must have shown that it does. */
  const staysWith = async (plan: Plan, process: WorkerProcess, ready: Ready): Promise<boolean> => {
    if (!plan.gpu) return true;
    const trial = await proveCard(process, ready);
    if (closing.signal.aborted) return true;
    log.info({ plan: describe(plan), device: ready.deviceName, ...trial }, 'graphics card tried');
    trials.remember(plan, trial);
    if (trial.outcome === 'gpu') {
      cardUnused = null;
      return true;
    }
    cardUnused = worse(cardUnused, trial.outcome);
    passedOver.add(plan);
    dismiss(process);
    const chosen = following(plan, () => true);
    if (chosen) moveTo(plan, chosen);
    else at = plans.length;
    return false;
  };

  const launch = async (): Promise<Kept> => {
    for (;;) {
      const plan = plans[at];
      if (!plan) throw new VigieError('speech-unavailable', { detail: 'no-worker' });
      const wait = failures === 0 ? 0 : Math.min(longestDelayMs, firstDelayMs * 2 ** (failures - 1));
      if (wait > 0) await clock.delay(wait, closing.signal);
      const process = start(plan);
      try {
        const ready = await process.ready;
        if (!(await staysWith(plan, process, ready))) continue;
        log.info(
          { plan: describe(plan), library: ready.library, device: ready.device, threads: ready.threads },
          'speech worker ready',
        );
        return { process, ready, plan };
      } catch (error) {
        if (closing.signal.aborted || isVigieError(error, 'model-invalid')) throw error;
        const { reason } = await process.exited;
        count(plan, null, reason);
        // What cannot be started will not start a second time either, nor is there another to try after the last.
        const last = plans[at] === plan;
        const hopeless = last && (reason === 'not-started' || reason === 'refused' || planFailures >= failuresPerPlan);
        if (hopeless || failures >= mostFailures) throw error;
      }
    }
  };

  return {
    running: () => (kept?.process.alive() ? kept : null),
    cardUnused: () => cardUnused,
    async worker() {
      if (closing.signal.aborted) throw new VigieError('engine-stopped', { reason: 'closing' });
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
        if (closing.signal.aborted) throw new VigieError('engine-stopped', { reason: 'closing' });
        throw error;
      }
      if (closing.signal.aborted) {
        dismiss(kept.process);
        throw new VigieError('engine-stopped', { reason: 'closing' });
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

/** A card that fails its test says more than a worker that was built without support for it. */
function worse(known: CardUnused | null, found: CardUnused): CardUnused {
  return known === null || known === 'not-supported' ? found : known;
}
