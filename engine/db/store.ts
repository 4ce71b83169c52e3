import type Database from 'better-sqlite3';
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, type Compilable } from 'kysely';
import { VigieError } from '#shared/errors.ts';
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

/** Result codes after which the file itself can no longer be trusted (law 12). */
const damageCodes = ['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_IOERR'];

/** Whether an error means that the database file can no longer be trusted: the writer closes, the file is kept. */
export function isStorageDamage(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && damageCodes.some((known) => code.startsWith(known));
}

/** `onDamage` hears once that the file is damaged; from then on every transaction is refused with `database-damaged`. */
export function createStore(raw: Database.Database, readOnly: boolean, onDamage?: (damage: VigieError) => void): Store {
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
  let damage: VigieError | null = null;

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
      if (damage) throw damage;
      waiting = new Set();
      let result: T;
      try {
        result = begin.immediate(work) as T;
      } catch (error) {
        waiting = new Set();
        if (isStorageDamage(error)) {
          damage = new VigieError(
            'database-damaged',
            { path: raw.name, detail: (error as Error).message },
            { cause: error },
          );
          onDamage?.(damage);
          throw damage;
        }
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
