import { statSync } from 'node:fs';
import path from 'node:path';
import type { SystemStatus } from '#shared/model/system.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { EngineOptions } from '../options.ts';
import type { Spawn } from '../process/spawn.ts';
import { fits, threadsPerWorker, workersPerModel } from './core-plan.ts';
import type { TrialMemory } from './gpu-trial.ts';
import type { GraphicsCard } from './graphics-card.ts';
import { digestOf } from './models.ts';
import { openSpeechEngine, type SpeechEngine, type SpeechEngineOptions, type SpeechInfo } from './speech-engine.ts';
import type { SpeechHealth } from './speech-health.ts';

const voiceModelFile = 'ggml-silero-v5.bin';

/** The right to let one worker hear something; nobody else has it until `leave`. */
export type Seat = { engine: SpeechEngine; leave(): void };

/** The use of an idle worker until somebody takes it: then `signal` is aborted, and what is being heard for it is given up. */
export type Loan = { engine: Pick<SpeechEngine, 'transcribe'>; signal: AbortSignal; leave(): void };

type Worker = {
  engine: SpeechEngine;
  local: SpeechEngine;
  taken: boolean;
  cost: number;
  /** Null until it has said so. */
  kind: SpeechInfo['worker'] | null;
  starting: boolean;
};

export type SpeechPool = ReturnType<typeof createSpeechPool>;

/**
 * The speech workers of each model file, started when first asked for; every live of that model shares them. Between models and workers
 * the cores of the machine are shared: who does not find room waits for a turn.
 */
export function createSpeechPool(deps: {
  binaries: EngineOptions['binaries'];
  speech: EngineOptions['speech'];
  /** Where the models lie, and the gate before one of them is loaded. */
  shelf: { folders: { bundledDir: string }; admit: NonNullable<SpeechEngineOptions['admit']> };
  clock: Clock;
  log: Log;
  spawn: Spawn;
  /** Another engine that is asked first (remote/). */
  before?(local: SpeechEngine): SpeechEngine;
  card: GraphicsCard | null;
  trials?: TrialMemory;
  health: SpeechHealth;
  cores: number;
  /** 0: planned from the cores. `workers`: of one model, side by side. */
  settings(): { speechThreads: number; speechWorkers: number };
  onLost(model: string, reason: string): void;
}) {
  const models = new Map<string, Worker[]>();
  const voiceModelPath = path.join(deps.shelf.folders.bundledDir, voiceModelFile);
  let latest: SpeechInfo | null = null;
  let lent: { worker: Worker; end: AbortController } | null = null;
  const sizes = new Map<string, number>();
  const sizeOf = (modelPath: string): number => {
    const known = sizes.get(modelPath) ?? statSync(modelPath, { throwIfNoEntry: false })?.size ?? 0;
    if (known > 0) sizes.set(modelPath, known);
    return known;
  };
  const wanted = (modelPath: string) => {
    const { speechThreads, speechWorkers } = deps.settings();
    const threads = deps.speech?.threads ?? speechThreads;
    const workers = workersPerModel({
      cores: deps.cores,
      modelBytes: sizeOf(modelPath),
      wanted: speechWorkers,
      threads,
      card: deps.card !== null && deps.speech?.gpu !== 'off',
    });
    return { workers, threads: threadsPerWorker({ cores: deps.cores, workers, wanted: threads }) };
  };

  function open(modelPath: string): Worker {
    const { threads } = wanted(modelPath);
    const local = openSpeechEngine({
      binaries: deps.binaries,
      speech: deps.speech,
      threads,
      modelPath,
      vadModelPath: voiceModelPath,
      clock: deps.clock,
      log: deps.log,
      spawn: deps.spawn,
      card: deps.card,
      trials: deps.trials,
      admit: deps.shelf.admit,
      onLost: (reason) => deps.onLost(path.basename(modelPath), reason),
    });
    const made = deps.before?.(local) ?? local;
    const worker: Worker = {
      local,
      taken: false,
      kind: null,
      starting: false,
      cost: threads,
      engine: {
        ...made,
        async info() {
          try {
            latest = await made.info();
            worker.kind = latest.worker;
            worker.cost = latest.device === 'gpu' ? 1 : latest.threads;
            deps.health.works();
            return latest;
          } catch (error) {
            deps.health.failed(error);
            throw error;
          }
        },
      },
    };
    return worker;
  }

  function workersOf(modelPath: string): Worker[] {
    const known = models.get(modelPath) ?? [];
    models.set(modelPath, known);
    return known;
  }

  const costsTaken = () => [...models.values()].flat().flatMap(({ taken, cost }) => (taken ? [cost] : []));

  /** A worker that may begin now; one that is not started yet counts, when there is room for it. */
  function free(modelPath: string): Worker | null {
    const known = workersOf(modelPath);
    const running = costsTaken();
    const { workers, threads } = wanted(modelPath);
    const idle = known.find((each) => !each.taken && each !== lent?.worker) ?? known.find(({ taken }) => !taken);
    if (!idle && known.length >= workers) return null;
    if (!fits(idle?.cost ?? threads, running, deps.cores)) return null;
    if (idle) return idle;
    const made = open(modelPath);
    known.push(made);
    return made;
  }

  return {
    /** The first worker of a resolved model path, to ask what it is; what it hears goes through `take`. */
    engineFor(modelPath: string): Pick<SpeechEngine, 'info'> {
      const known = workersOf(modelPath);
      const first = known[0] ?? open(modelPath);
      if (known.length === 0) known.push(first);
      return first.engine;
    },
    /** Windows of a model that are heard side by side when nothing else is running. */
    sideBySide(modelPath: string): number {
      const { workers, threads } = wanted(modelPath);
      const cost = latest?.device === 'gpu' ? 1 : threads;
      return Math.max(1, Math.min(workers, Math.floor(deps.cores / cost)));
    },
    hasRoom: (modelPath: string): boolean => free(modelPath) !== null,
    /** Null when every worker of this model is taken, or the cores are. */
    take(modelPath: string): Seat | null {
      const worker = free(modelPath);
      if (!worker) return null;
      const others = costsTaken();
      worker.taken = true;
      // A loan ends where it would be in the way, and where there are not cores for both.
      if (lent && (lent.worker === worker || !fits(lent.worker.cost, [...others, worker.cost], deps.cores)))
        lent.end.abort();
      return {
        engine: worker.engine,
        leave() {
          worker.taken = false;
        },
      };
    },
    /**
     * A worker of this machine that nobody needs now, for as long as that lasts; whoever takes a worker does not see it. Null when there is
     * none, when one is lent already, and when it cannot be interrupted at once: the prebuilt library first finishes what it hears. One
     * that has not started yet is started and not lent.
     */
    lend(modelPath: string): Loan | null {
      const worker = lent ? null : free(modelPath);
      if (worker?.kind === null && !worker.starting) {
        worker.starting = true;
        // What is wrong with it is told by the pool's health; its first segment tries again.
        worker.engine.info().catch((error: unknown) => deps.log.debug({ problem: String(error) }, 'no worker to lend'));
      }
      if (worker?.kind !== 'native') return null;
      const loan = { worker, end: new AbortController() };
      lent = loan;
      return {
        engine: worker.local,
        signal: loan.end.signal,
        leave() {
          if (lent === loan) lent = null;
        },
      };
    },
    /** Frees what the workers keep for a live that is over. */
    forget(liveId: string) {
      for (const { engine } of [...models.values()].flat()) engine.forget(liveId);
    },
    /** Ends the workers of a file that goes away. */
    async release(modelPath: string): Promise<void> {
      const known = models.get(modelPath) ?? [];
      models.delete(modelPath);
      await Promise.all(known.map(({ engine }) => engine.close()));
    },
    voiceModel: async () => ({ name: voiceModelFile, path: voiceModelPath, digest: await digestOf(voiceModelPath) }),
    /** What is known of the worker that ran last; null before the first. */
    known: (): SystemStatus['speech'] =>
      latest && {
        worker: latest.worker,
        device: latest.device,
        deviceName: latest.deviceName,
        modelName: latest.modelName,
        notices: latest.notices,
        graphics: latest.graphics,
      },
    async close() {
      await Promise.all([...models.values()].flat().map(({ engine }) => engine.close()));
    },
  };
}
