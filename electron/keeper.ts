import type { EngineFailure, EngineStart, FromEngine, ToEngine } from './engine-messages.ts';
import { afterEnd, noCounts, type EndOfLife, type KeeperLimits } from './keeper-policy.ts';
import type { ShellLog } from './shell-log.ts';
import type { Timer } from './timer.ts';

/** What the keeper uses of Electron's UtilityProcess. `P` is the kind of port that can be handed over. */
export type EngineChild<P> = {
  postMessage(message: ToEngine, transfer?: P[]): void;
  kill(): boolean;
  on(event: 'spawn', listener: () => void): unknown;
  on(event: 'message', listener: (message: FromEngine) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
};

export type KeeperState =
  | { name: 'starting' }
  | { name: 'ready' }
  | { name: 'waiting'; because: EndOfLife; delayMs: number }
  | { name: 'given-up'; failure: EngineFailure }
  | { name: 'stopped' };

export type Keeper<P> = {
  /** Starts the engine process; again after it was given up, with fresh counts, because a person asked to. */
  start(): void;
  /** Hands a port to the engine. False when there is no engine that is ready. */
  connect(port: P): boolean;
  /** Tells the present state at once and every later one, until the returned function is called. */
  watch(listener: (state: KeeperState) => void): () => void;
  /** Lets the engine finish what it must within `boundMs`, then ends it by force. Never rejects. */
  stop(boundMs: number): Promise<'closed' | 'killed'>;
};

export type KeeperParts<P> = {
  /** May throw: counted as `cannot-start`. */
  fork(): EngineChild<P>;
  options: EngineStart;
  onNews(message: Exclude<FromEngine, { type: 'refused' }>): void;
  limits: KeeperLimits;
  timer: Timer;
  log: ShellLog;
};

/** One life of the process: what it reached, and how to forget it. */
type Life<P> = { child: EngineChild<P>; spawned: boolean; readyAtMs: number | null; refusal: EngineFailure | null };

/** Keeps one engine process alive within `limits`; after that everyone who watches is told why there is none. */
export function createKeeper<P>(parts: KeeperParts<P>): Keeper<P> {
  const { timer, limits, log } = parts;
  const listeners = new Set<(state: KeeperState) => void>();
  let state: KeeperState = { name: 'stopped' };
  let counts = noCounts;
  let life: Life<P> | null = null;
  let cancelTimer: (() => void) | null = null;
  let stopping: { resolve: (how: 'closed' | 'killed') => void; forced: boolean } | null = null;

  const become = (next: KeeperState) => {
    state = next;
    log.info({ state: next }, 'engine');
    for (const listener of [...listeners]) listener(next);
  };
  const after = (ms: number, run: () => void) => {
    cancelTimer?.();
    cancelTimer = timer.schedule(ms, run);
  };

  const begin = () => {
    become({ name: 'starting' });
    let child: EngineChild<P>;
    try {
      child = parts.fork();
    } catch (error) {
      log.error({ err: String(error) }, 'engine process cannot be created');
      return settle('cannot-start', null);
    }
    const mine: Life<P> = { child, spawned: false, readyAtMs: null, refusal: null };
    life = mine;
    child.on('spawn', () => {
      mine.spawned = true;
      child.postMessage({ type: 'open', options: parts.options });
    });
    child.on('message', (message) => life === mine && hear(mine, message));
    child.on('exit', (code) => life === mine && ended(mine, code));
    // The end comes as `exit`, so that there is one place where a life ends.
    after(limits.readyMs, () => child.kill());
  };

  const hear = (mine: Life<P>, message: FromEngine) => {
    if (message.type === 'refused') {
      mine.refusal = { code: message.code, data: message.data };
      // We end it, not it itself: a process that exits at once may take its last words with it.
      mine.child.kill();
      return;
    }
    if (message.type === 'ready') {
      cancelTimer?.();
      mine.readyAtMs = timer.monotonicMs();
      if (!stopping) become({ name: 'ready' });
    }
    parts.onNews(message);
  };

  const ended = (mine: Life<P>, code: number) => {
    life = null;
    cancelTimer?.();
    if (stopping) {
      stopping.resolve(stopping.forced ? 'killed' : 'closed');
      return become({ name: 'stopped' });
    }
    log.warn({ code, refusal: mine.refusal?.code ?? null }, 'engine process ended by itself');
    if (mine.refusal) return become({ name: 'given-up', failure: mine.refusal });
    if (!mine.spawned) return settle('cannot-start', code);
    if (mine.readyAtMs === null) return settle('never-ready', code);
    settle(timer.monotonicMs() - mine.readyAtMs < limits.earlyMs ? 'died-early' : 'died', code);
  };

  const settle = (end: EndOfLife, code: number | null) => {
    const answer = afterEnd(counts, end, timer.monotonicMs(), limits);
    counts = answer.counts;
    if (answer.action === 'restart') {
      become({ name: 'waiting', because: end, delayMs: answer.delayMs });
      return after(answer.delayMs, begin);
    }
    const reason = `${answer.because} x${answer.lives}${code === null ? '' : `, exit ${code}`}`;
    become({ name: 'given-up', failure: { code: 'engine-stopped', data: { reason } } });
  };

  return {
    start() {
      if (state.name !== 'stopped' && state.name !== 'given-up') return;
      counts = noCounts;
      stopping = null;
      begin();
    },
    connect(port) {
      if (state.name !== 'ready' || !life) return false;
      life.child.postMessage({ type: 'port' }, [port]);
      return true;
    },
    watch(listener) {
      listeners.add(listener);
      listener(state);
      return () => void listeners.delete(listener);
    },
    stop(boundMs) {
      cancelTimer?.();
      const running = life;
      if (!running) {
        become({ name: 'stopped' });
        return Promise.resolve('closed');
      }
      return new Promise((resolve) => {
        stopping = { resolve, forced: false };
        // Before `spawn` nobody reads messages, and nothing has been opened that would have to be closed.
        if (running.spawned) running.child.postMessage({ type: 'close' });
        after(running.spawned ? boundMs : 0, () => {
          if (stopping) stopping.forced = true;
          running.child.kill();
        });
      });
    },
  };
}
