import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { VigieError } from '#shared/errors.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { makeFolder } from '../base/make-folder.ts';
import { migrations } from './migrations/index.ts';

/**
 * Applies what is missing, in order, each in its own transaction. Before the first change to a database that already
 * holds something, a copy is made and verified; without it nothing changes.
 * @returns `newer`: the name of a migration this program does not know; then nothing is touched.
 */
export function migrate(options: {
  raw: Database.Database;
  file: string;
  backupDir: string;
  clock: Clock;
  log: Log;
  known?: typeof migrations;
}): {
  newer: string | null;
} {
  const { raw, clock, log } = options;
  const known = options.known ?? migrations;
  const hasTable =
    raw.prepare(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'`).get() !== undefined;
  const applied = hasTable
    ? raw
        .prepare<[], { name: string }>('SELECT name FROM migrations ORDER BY name')
        .all()
        .map(({ name }) => name)
    : [];
  const unknown = applied.filter((name) => !known.some((migration) => migration.name === name));
  if (unknown.length > 0) return { newer: unknown.at(-1) ?? null };

  const missing = known.filter(({ name }) => !applied.includes(name));
  const outOfOrder = missing.find(({ name }) => applied.some((done) => done > name));
  if (outOfOrder) {
    throw new VigieError('database-damaged', {
      path: options.file,
      detail: `migration ${outOfOrder.name} is missing before ${applied.at(-1)}`,
    });
  }
  if (missing.length === 0) return { newer: null };
  if (applied.length > 0) backUp(raw, path.join(options.backupDir, `before-${missing[0]?.name}-${clock.now()}.sqlite`));

  raw.exec('CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID');
  for (const { name, sql, rebuilds } of missing) {
    const apply = raw.transaction(() => {
      raw.exec(sql);
      if (rebuilds) refuseBrokenReferences(raw, options.file, name);
      raw.prepare('INSERT INTO migrations (name, at) VALUES (?, ?)').run(name, clock.now());
    });
    if (rebuilds) withoutReferences(raw, apply);
    else apply();
    log.info({ migration: name }, 'migration applied');
  }
  return { newer: null };
}

/** The switch does nothing inside a transaction (https://sqlite.org/lang_altertable.html#otheralter, steps 1 and 12). */
function withoutReferences(raw: Database.Database, work: () => void): void {
  raw.pragma('foreign_keys = 0');
  try {
    work();
  } finally {
    raw.pragma('foreign_keys = 1');
  }
}

function refuseBrokenReferences(raw: Database.Database, file: string, name: string): void {
  const broken = raw.pragma('foreign_key_check') as { table: string }[];
  if (broken.length === 0) return;
  throw new VigieError('database-damaged', {
    path: file,
    detail: `${name} would leave ${broken.length} references of ${broken[0]?.table} without a row`,
  });
}

/** Copies the database to `target` and proves the copy sound by opening it. */
export function backUp(raw: Database.Database, target: string): void {
  makeFolder(path.dirname(target));
  if (existsSync(target)) rmSync(target);
  raw.prepare('VACUUM INTO ?').run(target);
  const copy = new Database(target, { readonly: true });
  try {
    const verdict: unknown = copy.pragma('integrity_check', { simple: true });
    if (verdict !== 'ok')
      throw new VigieError('database-damaged', { path: target, detail: `backup fails its check: ${String(verdict)}` });
  } finally {
    copy.close();
  }
}
