import { sql } from 'kysely';
import type { Store } from '../db/store.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Journal } from '../journal/journal.ts';
import { retryDelayMs } from './retry.ts';

export type JobOutcome =
  /** `commit` writes the results in the transaction that closes the job. */
  | { outcome: 'done'; commit: () => void }
  /** "Later" from a provider: comes back after `afterMs` and costs no attempt. */
  | { outcome: 'later'; afterMs: number };

export type JobKind<P> = {
  kind: string;
  concurrency: number;
  /** `drain` does not wait for it: it may last hours, and nothing that was heard depends on it. */
  background?: boolean;
  /** Attempts before giving up. */
  maxAttempts: number;
  /** A handler that holds its job longer is aborted, and that counts as a failed attempt. */
  leaseMs: number;
  run(payload: P, signal: AbortSignal): Promise<JobOutcome>;
  /** Runs in the transaction that gives the job up, so that the work ends in a visible state. */
  giveUp(payload: P, problem: string): void;
  /** Failures that trying again cannot cure. */
  isPermanent?(error: unknown): boolean;
};

export type FailedJob = { outcome: 'failed'; error: unknown };

/** Work whose jobs go together, in an order of their own instead of by lane and age. */
export type TurnKind<P> = Omit<JobKind<P>, 'run' | 'concurrency'> & {
  /**
   * Keys of waiting jobs that are due and go together next; empty: none can go now. Asked whenever a job comes, ends or falls due, and
   * after `wake`; turns run side by side until it answers with nothing.
   */
  choose(): readonly string[];
  /** One answer per payload, in their order; a rejection fails them all. */
  runTogether(payloads: readonly P[], signal: AbortSignal): Promise<readonly (JobOutcome | FailedJob)[]>;
};

export type Jobs = {
  define<P>(kind: JobKind<P>): void;
  defineTurns<P>(kind: TurnKind<P>): void;
  /**
   * Adds a job in the current transaction; a `key` that already exists, in whatever state, is left as it is. Lower lanes go first.
   * Without `dueAt` (epoch ms) it is due whatever the wall clock does: one that is set back an hour holds no sound up.
   */
  enqueue(job: { kind: string; key: string; payload: object; lane?: number; dueAt?: number }): void;
  /** Takes a waiting job back, in the current transaction; false when it is no longer waiting. */
  cancel(key: string): boolean;
  start(): void;
  /** Resolves when no job is waiting or active, those of the background aside. */
  drain(): Promise<void>;
  /** Lets running handlers end by abort; what they held goes on at the next start, without costing an attempt. */
  close(): Promise<void>;
  open(kind: string): number;
  /** Looks for work again: something that kept `choose` from choosing has changed. Waits for the commit of the current transaction. */
  wake(): void;
};

type Row = { row: number; kind: string; key: string; payload: string; attempts: number };

/** What both kinds come down to: which rows go next, and what becomes of them. */
type Handler = Omit<JobKind<unknown>, 'run' | 'concurrency'> & {
  take(turnsRunning: number): Row[];
  run(rows: readonly Row[], signal: AbortSignal): Promise<readonly (JobOutcome | FailedJob)[]>;
};

/** How often a job may be found active at start (the engine died holding it) before it is given up. */
const maxInterruptions = 100;

/** Written into the SQL, not bound: SQLite uses a partial index only when it can read its condition in the query. */
const waiting = sql.lit('waiting' as const);

/** Durable, leased work: a job is a row, in the same transaction as the data it came from. */
export function createJobs(deps: { store: Store; clock: Clock; log: Log; journal: Journal }): Jobs {
  const { store, clock, log, journal } = deps;
  const q = store.build;
  const kinds = new Map<string, Handler>();
  const running = new Set<{ kind: string; jobs: number; abort: AbortController; ended: Promise<void> }>();
  let started = false;
  let closing = false;
  let cancelTimer: (() => void) | null = null;
  let idle: (() => void)[] = [];

  const next = store.prepare<{ kind: string; now: number }, Row>((slot) =>
    q
      .selectFrom('jobs')
      .select(['row', 'kind', 'key', 'payload', 'attempts'])
      .where('kind', '=', slot('kind'))
      .where('state', '=', waiting)
      .where('due_at', '<=', slot('now'))
      .orderBy('lane')
      .orderBy('row')
      .limit(1),
  );
  const claim = store.prepare<{ row: number; lease: number }>((slot) =>
    q
      .updateTable('jobs')
      .set({ state: 'active', lease_until: slot('lease') })
      .where('row', '=', slot('row')),
  );
  const finish = store.prepare<{ row: number; now: number }>((slot) =>
    q
      .updateTable('jobs')
      .set({ state: 'done', finished_at: slot('now'), lease_until: null, failure: null })
      .where('row', '=', slot('row')),
  );
  const add = store.prepare<{ kind: string; key: string; payload: string; lane: number; due: number; now: number }>(
    (slot) =>
      q
        .insertInto('jobs')
        .values({
          kind: slot('kind'),
          key: slot('key'),
          payload: slot('payload'),
          state: 'waiting',
          lane: slot('lane'),
          due_at: slot('due'),
          created_at: slot('now'),
          attempts: 0,
          interruptions: 0,
        })
        .onConflict((conflict) => conflict.column('key').doNothing()),
  );
  const byKey = store.prepare<{ key: string; now: number }, Row>((slot) =>
    q
      .selectFrom('jobs')
      .select(['row', 'kind', 'key', 'payload', 'attempts'])
      .where('key', '=', slot('key'))
      .where('state', '=', waiting)
      .where('due_at', '<=', slot('now')),
  );
  /** What is due and not running waits for a free place or for `wake`, not for the clock. */
  const nextDue = store.prepare<{ now: number }, { due: number | null }>((slot) =>
    q
      .selectFrom('jobs')
      .select((e) => e.fn.min('due_at').as('due'))
      .where('state', '=', waiting)
      .where('due_at', '>', slot('now')),
  );

  function release(row: Row, changes: { attempts: number; dueAt: number; failure: string | null }) {
    store.run(
      q
        .updateTable('jobs')
        .set({
          state: 'waiting',
          attempts: changes.attempts,
          due_at: changes.dueAt,
          lease_until: null,
          failure: changes.failure,
        })
        .where('row', '=', row.row),
    );
  }

  function giveUp(row: Row, problem: string) {
    store.transaction(() => {
      store.run(
        q
          .updateTable('jobs')
          .set({
            state: 'dead',
            finished_at: clock.now(),
            lease_until: null,
            failure: problem,
            attempts: row.attempts + 1,
          })
          .where('row', '=', row.row),
      );
      kinds.get(row.kind)?.giveUp(JSON.parse(row.payload), problem);
      journal.append({
        kind: 'job.given-up',
        subjectId: row.key.slice(0, 200),
        data: { kind: row.kind, attempts: row.attempts + 1 },
      });
    });
    log.error({ job: row.key, problem }, 'job given up');
  }

  async function work(rows: readonly Row[], abort: AbortController, kind: Handler) {
    const endLease = clock.schedule(kind.leaseMs, () => abort.abort(new Error(`lease of ${kind.leaseMs} ms expired`)));
    try {
      const results = await kind
        .run(rows, abort.signal)
        .catch((error: unknown) => rows.map((): FailedJob => ({ outcome: 'failed', error })));
      rows.forEach((row, index) => {
        const result = results[index] ?? { outcome: 'failed', error: new Error('no answer for this job') };
        try {
          settle(row, result, kind);
        } catch (error) {
          settle(row, { outcome: 'failed', error }, kind);
        }
      });
    } finally {
      endLease();
    }
  }

  function settle(row: Row, result: JobOutcome | FailedJob, kind: Handler) {
    switch (result.outcome) {
      case 'done':
        store.transaction(() => {
          result.commit();
          finish.run({ row: row.row, now: clock.now() });
        });
        return;
      case 'later':
        return release(row, { attempts: row.attempts, dueAt: clock.now() + result.afterMs, failure: null });
      case 'failed': {
        if (closing) return release(row, { attempts: row.attempts, dueAt: clock.now(), failure: null });
        const { error } = result;
        const problem = error instanceof Error ? error.message : String(error);
        log.warn({ job: row.key, attempt: row.attempts + 1, problem }, 'job attempt failed');
        if (kind.isPermanent?.(error) || row.attempts + 1 >= kind.maxAttempts) return giveUp(row, problem);
        return release(row, {
          attempts: row.attempts + 1,
          dueAt: clock.now() + retryDelayMs(row.attempts),
          failure: problem,
        });
      }
    }
  }

  function pump() {
    if (!started || closing) return;
    // Read before anything is taken: what falls due while the pump runs is neither taken nor left without a timer.
    const since = clock.now();
    for (const kind of kinds.values()) {
      for (;;) {
        const rows = kind.take([...running].filter((turn) => turn.kind === kind.kind).length);
        if (rows.length === 0) break;
        begin(rows, kind);
      }
    }
    rest(since);
  }

  function begin(rows: readonly Row[], kind: Handler) {
    store.transaction(() => {
      for (const { row } of rows) claim.run({ row, lease: clock.now() + kind.leaseMs });
    });
    const abort = new AbortController();
    const turn = { kind: kind.kind, jobs: rows.length, abort, ended: Promise.resolve() };
    running.add(turn);
    turn.ended = work(rows, abort, kind)
      .catch((error: unknown) => log.error({ job: rows[0]?.key, problem: String(error) }, 'job bookkeeping failed'))
      .finally(() => {
        running.delete(turn);
        pump();
      });
  }

  /** Sleeps until the next job falls due after `since` (epoch ms), and tells those who wait for silence. */
  function rest(since: number) {
    cancelTimer?.();
    cancelTimer = null;
    if (idle.length > 0 && !owed()) {
      const told = idle;
      idle = [];
      for (const tell of told) tell();
    }
    const due = nextDue.get({ now: since })?.due ?? null;
    if (due !== null) cancelTimer = clock.schedule(Math.max(0, due - clock.now()), pump);
  }

  function handle(kind: Handler) {
    if (kinds.has(kind.kind)) throw new Error(`two handlers for job kind ${kind.kind}`);
    kinds.set(kind.kind, kind);
  }

  /** Whether something that `drain` waits for is left. */
  function owed(): boolean {
    if ([...running].some(({ kind }) => !kinds.get(kind)?.background)) return true;
    return [...kinds.values()].some(({ kind, background }) => !background && waitingOf(kind) > 0);
  }

  function waitingOf(kind: string): number {
    const counted = q
      .selectFrom('jobs')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('kind', '=', kind)
      .where('state', '=', waiting);
    return store.get(counted)?.n ?? 0;
  }

  return {
    define<P>(kind: JobKind<P>) {
      handle({
        ...(kind as JobKind<unknown>),
        take: (turns) => {
          const row = turns < kind.concurrency ? next.get({ kind: kind.kind, now: clock.now() }) : undefined;
          return row ? [row] : [];
        },
        run: ([row], signal) => {
          if (!row) throw new Error('a turn without a job');
          return kind.run(JSON.parse(row.payload) as P, signal).then((outcome) => [outcome]);
        },
      });
    },
    defineTurns<P>(kind: TurnKind<P>) {
      handle({
        ...(kind as TurnKind<unknown>),
        take: () => kind.choose().flatMap((key) => byKey.get({ key, now: clock.now() }) ?? []),
        run: (rows, signal) =>
          kind.runTogether(
            rows.map(({ payload }) => JSON.parse(payload) as P),
            signal,
          ),
      });
    },
    enqueue({ kind, key, payload, lane = 5, dueAt }) {
      if (!kinds.has(kind)) throw new Error(`no handler for job kind ${kind}`);
      add.run({ kind, key, payload: JSON.stringify(payload), lane, due: dueAt ?? 0, now: clock.now() });
      store.afterCommit(wake);
    },
    cancel: (key) => store.run(q.deleteFrom('jobs').where('key', '=', key).where('state', '=', 'waiting')) > 0,
    start() {
      store.transaction(() => {
        store.run(
          q
            .updateTable('jobs')
            .set((e) => ({ state: 'waiting', lease_until: null, interruptions: e('interruptions', '+', 1) }))
            .where('state', '=', sql.lit('active' as const)),
        );
      });
      const orphan = store
        .all(q.selectFrom('jobs').select('kind').distinct().where('state', '=', waiting))
        .find(({ kind }) => !kinds.has(kind));
      if (orphan) throw new Error(`no handler for job kind ${orphan.kind}`);
      const worn = store.all(
        q
          .selectFrom('jobs')
          .select(['row', 'kind', 'key', 'payload', 'attempts'])
          .where('state', '=', waiting)
          .where('interruptions', '>', maxInterruptions),
      );
      for (const row of worn) giveUp(row, 'the engine died too often while holding it');
      started = true;
      pump();
    },
    async drain() {
      await new Promise<void>((resolve) => {
        idle.push(resolve);
        pump();
      });
    },
    async close() {
      closing = true;
      cancelTimer?.();
      for (const turn of running) turn.abort.abort(new Error('the engine is closing'));
      await Promise.all([...running].map((turn) => turn.ended));
    },
    open: (kind) => waitingOf(kind) + [...running].reduce((sum, turn) => sum + (turn.kind === kind ? turn.jobs : 0), 0),
    wake: () => store.afterCommit(wake),
  };

  /** One reference, so that a transaction with many enqueues wakes the pump once. */
  function wake() {
    queueMicrotask(pump);
  }
}
