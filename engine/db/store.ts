import type Database from 'better-sqlite3';
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, type Compilable } from 'kysely';
import type { Tables } from './tables.ts';

type NotAPromise<T> = T extends PromiseLike<unknown> ? never : T;

/** A query compiled once, run with named values. */
export type Prepared<P, R> = { all(values: P): R[]; get(values: P): R | undefined; run(values: P): number };

/** Stands where a value will be bound; Kysely passes it through to the parameter list untouched. */
class Slot {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/**
 * The one connection. Queries are built and typed by Kysely and run synchronously by better-sqlite3: a transaction is a
 * plain function, and one that cannot await cannot leak.
 */
export type Store = {
  readonly raw: Database.Database;
  readonly readOnly: boolean;
  /** Builds queries; executes none. */
  readonly build: Kysely<Tables>;
  all<R>(query: Compilable<R>): R[];
  get<R>(query: Compilable<R>): R | undefined;
  /** Runs a write and says how many rows it changed. */
  run(query: Compilable<unknown>): number;
  /**
   * Compiles a hot query once. `slot('x')` stands for the value `x` given at each run.
   * @example store.prepare<{ id: string }, { n: number }>((slot) => q.selectFrom('lives').where('id', '=', slot('id'))…)
   */
  prepare<P extends Record<string, unknown>, R = unknown>(
    build: (slot: <K extends keyof P & string>(name: K) => P[K]) => Compilable<R>,
  ): Prepared<P, R>;
  /** All or nothing. Inside another transaction it joins that one. */
  transaction<T>(work: () => NotAPromise<T>): T;
  /**
   * Runs once the outermost transaction has committed; never when it rolls back. At once outside a
   * transaction. The same function asked for twice runs once.
   */
  afterCommit(run: () => void): void;
};

export function createStore(raw: Database.Database, readOnly: boolean): Store {
  const build = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
  const statements = new Map<string, Database.Statement<unknown[]>>();
  let waiting = new Set<() => void>();

  const statement = (sql: string) => {
    const known = statements.get(sql);
    if (known) return known;
    const made = raw.prepare<unknown[]>(sql);
    statements.set(sql, made);
    return made;
  };

  const begin = raw.transaction((work: () => unknown) => work());

  return {
    raw,
    readOnly,
    build,
    all<R>(query: Compilable<R>) {
      const { sql, parameters } = query.compile();
      return statement(sql).all(...parameters) as R[];
    },
    get<R>(query: Compilable<R>) {
      const { sql, parameters } = query.compile();
      return statement(sql).get(...parameters) as R | undefined;
    },
    run(query) {
      const { sql, parameters } = query.compile();
      return statement(sql).run(...parameters).changes;
    },
    prepare<P extends Record<string, unknown>, R>(
      make: (slot: <K extends keyof P & string>(name: K) => P[K]) => Compilable<R>,
    ) {
      const { sql, parameters } = make((name) => new Slot(name) as never).compile();
      const bind = (values: P) => parameters.map((value) => (value instanceof Slot ? values[value.name] : value));
      const prepared = () => statement(sql);
      return {
        all: (values: P) => prepared().all(...bind(values)) as R[],
        get: (values: P) => prepared().get(...bind(values)) as R | undefined,
        run: (values: P) => prepared().run(...bind(values)).changes,
      };
    },
    transaction<T>(work: () => NotAPromise<T>): T {
      if (raw.inTransaction) return work();
      waiting = new Set();
      let result: T;
      try {
        result = begin.immediate(work) as T;
      } catch (error) {
        waiting = new Set();
        throw error;
      }
      const due = waiting;
      waiting = new Set();
      for (const run of due) run();
      return result;
    },
    afterCommit(run) {
      if (raw.inTransaction) waiting.add(run);
      else run();
    },
  };
}
