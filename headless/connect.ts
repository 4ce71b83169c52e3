import { setTimeout as delay } from 'node:timers/promises';
import { type Engine, openEngine, openLoopback, readOwner, silentLog, systemClock } from '#engine';
import type { EngineOptions } from '#engine';
import type { EngineClient } from '#shared/contract/index.ts';
import { isVigieError, VigieError } from '#shared/errors.ts';
import { dialOwner, type Line } from './dial.ts';

export type Connection = {
  /** The calls, wherever the engine is. After `reopen` it is another value: do not keep it. */
  readonly client: EngineClient;
  /** The engine of this process; null when another process has it. */
  readonly engine: Engine | null;
  /**
   * After a call of `broken` failed for want of a line: finds the owner of the folder again, for at most ten seconds.
   * Does nothing when somebody else already did.
   * @throws VigieError `engine-stopped` when there is none, or when the engine was our own
   */
  reopen(broken: EngineClient): Promise<void>;
  /** Ends the line; our own engine finishes what is open in its hands and leaves the folder. */
  close(): Promise<void>;
};

export type ConnectOptions = {
  dataDir: string;
  /** Settings of an engine opened here, when none runs. */
  engineOptions: EngineOptions;
  /** Open a door on 127.0.0.1 so that other commands can talk to an engine opened here. For commands that take a while. */
  door: boolean;
  /** Refuse to use an engine of another process, e.g. for standard input, which only this process has. */
  ownEngineOnly?: boolean;
};

/** How long an owner that is only starting has to say where it can be reached; a refusal comes within a second. */
const starterGraceMs = 600;
const reopenWithinMs = 10_000;
const retryMs = 100;

/**
 * Finds the engine that owns the folder, or becomes it.
 * @throws VigieError `data-folder-owned` when an engine owns the folder that cannot be talked to, and what `openEngine` throws
 */
export async function connect(options: ConnectOptions): Promise<Connection> {
  const { dataDir } = options;
  const line = options.ownEngineOnly ? null : await dialOwner(readOwner(dataDir));
  if (line) return remote(dataDir, line);
  try {
    return await own(options);
  } catch (error) {
    if (!isVigieError(error, 'data-folder-owned') || options.ownEngineOnly) throw error;
    // Somebody has the folder but said no port: it may be starting this very moment.
    const late = await dialWithin(dataDir, starterGraceMs);
    if (!late) throw error;
    return remote(dataDir, late);
  }
}

async function own({ engineOptions, door }: ConnectOptions): Promise<Connection> {
  const engine = await openEngine(engineOptions);
  const log = engineOptions.log ?? silentLog;
  const loopback = door
    ? await openLoopback({ engine, ui: null, clock: engineOptions.clock ?? systemClock, log })
    : null;
  if (loopback) engine.announce({ port: loopback.port, token: loopback.cliToken });
  return {
    client: engine.client(),
    engine,
    reopen: () => Promise.reject(new VigieError('engine-stopped', { reason: 'own engine' })),
    async close() {
      await loopback?.close();
      await engine.close();
    },
  };
}

function remote(dataDir: string, first: Line): Connection {
  let line = first;
  let reopening: Promise<void> | null = null;
  const dialAgain = async () => {
    await line.close();
    const next = await dialWithin(dataDir, reopenWithinMs);
    if (!next) throw new VigieError('engine-stopped', { reason: 'unreachable' });
    line = next;
  };
  return {
    get client() {
      return line.client;
    },
    engine: null,
    async reopen(broken) {
      if (broken !== line.client) return;
      reopening ??= dialAgain().finally(() => {
        reopening = null;
      });
      await reopening;
    },
    close: () => line.close(),
  };
}

async function dialWithin(dataDir: string, ms: number): Promise<Line | null> {
  const deadline = performance.now() + ms;
  for (;;) {
    const line = await dialOwner(readOwner(dataDir));
    if (line) return line;
    if (performance.now() >= deadline) return null;
    await delay(retryMs);
  }
}
