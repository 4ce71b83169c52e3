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

export type Jobs = {
  define<P>(kind: JobKind<P>): void;
  /** Adds a job in the current transaction; a `key` that already exists, in whatever state, is left as it is. Lower lanes go first. */
  enqueue(job: { kind: string; key: string; payload: object; lane?: number; dueAt?: number }): void;
  /** Takes a waiting job back, in the current transaction; false when it is no longer waiting. */
  cancel(key: string): boolean;
  start(): void;
  /** Resolves when no job is waiting or active. */
  drain(): Promise<void>;
  /** Lets running handlers end by abort; what they held goes on at the next start, without costing an attempt. */
  close(): Promise<void>;
  open(kind: string): number;
};

type Row = { row: number; kind: string; key: string; payload: string; attempts: number };

/** How often a job may be found active at start (the engine died holding it) before it is given up. */
const maxInterruptions = 100;

/** Written into the SQL, not bound: SQLite uses a partial index only when it can read its condition in the query. */
const waiting = sql.lit('waiting' as const);

/** Durable, leased work: a job is a row, in the same transaction as the data it came from. */
export function createJobs(deps: { store: Store; clock: Clock; log: Log; journal: Journal }): Jobs {
  const { store, clock, log, journal } = deps;
  const q = store.build;
  const kinds = new Map<string, JobKind<unknown>>();
  const running = new Map<number, { kind: string; abort: AbortController; ended: Promise<void> }>();
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
  const nextDue = store.prepare<Record<string, never>, { due: number | null }>(() =>
    q
      .selectFrom('jobs')
      .select((e) => e.fn.min('due_at').as('due'))
      .where('state', '=', waiting),
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

  async function work(row: Row, signal: AbortController, kind: JobKind<unknown>) {
    const endLease = clock.schedule(kind.leaseMs, () => signal.abort(new Error(`lease of ${kind.leaseMs} ms expired`)));
    try {
      const result = await kind.run(JSON.parse(row.payload), signal.signal);
      if (result.outcome === 'later')
        return release(row, { attempts: row.attempts, dueAt: clock.now() + result.afterMs, failure: null });
      store.transaction(() => {
        result.commit();
        finish.run({ row: row.row, now: clock.now() });
      });
    } catch (error) {
      if (closing) return release(row, { attempts: row.attempts, dueAt: clock.now(), failure: null });
      const problem = error instanceof Error ? error.message : String(error);
      log.warn({ job: row.key, attempt: row.attempts + 1, problem }, 'job attempt failed');
      if (kind.isPermanent?.(error) || row.attempts + 1 >= kind.maxAttempts) return giveUp(row, problem);
      release(row, { attempts: row.attempts + 1, dueAt: clock.now() + retryDelayMs(row.attempts), failure: problem });
    } finally {
      endLease();
    }
  }

  function pump() {
    if (!started || closing) return;
    for (const kind of kinds.values()) {
      let free = kind.concurrency - [...running.values()].filter((job) => job.kind === kind.kind).length;
      for (; free > 0; free -= 1) {
        const row = next.get({ kind: kind.kind, now: clock.now() });
        if (!row) break;
        claim.run({ row: row.row, lease: clock.now() + kind.leaseMs });
        const abort = new AbortController();
        const ended = work(row, abort, kind)
          .catch((error: unknown) => log.error({ job: row.key, problem: String(error) }, 'job bookkeeping failed'))
          .finally(() => {
            running.delete(row.row);
            pump();
          });
        running.set(row.row, { kind: kind.kind, abort, ended });
      }
    }
    rest();
  }

  /** Sleeps until the next job falls due, and tells those who wait for silence. */
  function rest() {
    cancelTimer?.();
    cancelTimer = null;
    const due = nextDue.get({})?.due ?? null;
    if (due === null && running.size === 0) {
      const told = idle;
      idle = [];
      for (const tell of told) tell();
    } else if (due !== null && due > clock.now()) {
      cancelTimer = clock.schedule(due - clock.now(), pump);
    }
  }

  return {
    define(kind) {
      if (kinds.has(kind.kind)) throw new Error(`two handlers for job kind ${kind.kind}`);
      kinds.set(kind.kind, kind);
    },
    enqueue({ kind, key, payload, lane = 5, dueAt }) {
      if (!kinds.has(kind)) throw new Error(`no handler for job kind ${kind}`);
      add.run({ kind, key, payload: JSON.stringify(payload), lane, due: dueAt ?? clock.now(), now: clock.now() });
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
      for (const job of running.values()) job.abort.abort(new Error('the engine is closing'));
      await Promise.all([...running.values()].map((job) => job.ended));
    },
    open: (kind) =>
      (store.get(
        q
          .selectFrom('jobs')
          .select((e) => e.fn.countAll<number>().as('n'))
          .where('kind', '=', kind)
          .where('state', '=', waiting),
      )?.n ?? 0) + [...running.values()].filter((job) => job.kind === kind).length,
  };

  /** One reference, so that a transaction with many enqueues wakes the pump once. */
  function wake() {
    queueMicrotask(pump);
  }
}
