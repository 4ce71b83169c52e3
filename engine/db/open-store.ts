import { existsSync, renameSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { VigieError } from '#shared/errors.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { makeFolder } from '../base/make-folder.ts';
import { migrate } from './migrate.ts';
import { createStore, isStorageDamage, type Store } from './store.ts';

export const databaseFileName = 'vigie.sqlite';

/** The storage contract (design, law 6). Checked after it is set: a pragma that did not take is an error, not a wish. */
const contract = {
  journal_mode: 'wal',
  synchronous: 2,
  foreign_keys: 1,
  mmap_size: 0,
  secure_delete: 1,
} as const;

/**
 * Opens `<dataDir>/vigie.sqlite`, brings its schema up to date after a verified backup, and checks the storage contract.
 * A schema newer than this program opens read-only.
 * @throws VigieError `database-damaged` (the file is kept, set aside by name only when it is not a database at all), `data-folder-unusable`
 */
export function openStore(options: {
  dataDir: string;
  clock: Clock;
  log: Log;
  onDamage?: (damage: VigieError) => void;
}): {
  store: Store;
  newer: string | null;
  close(): void;
} {
  const file = path.join(options.dataDir, databaseFileName);
  makeFolder(options.dataDir);
  let raw: Database.Database | null = null;
  try {
    raw = new Database(file);
    for (const [name, value] of Object.entries(contract)) raw.pragma(`${name} = ${value}`);
    raw.pragma('busy_timeout = 2000');
    raw.pragma('wal_autocheckpoint = 1000');
    for (const [name, value] of Object.entries(contract)) {
      const found: unknown = raw.pragma(name, { simple: true });
      // mmap_size answers nothing at all where memory mapping is compiled out, which is what is wanted.
      if (found !== value && !(name === 'mmap_size' && found === undefined))
        throw new Error(`pragma ${name} is ${String(found)}, not ${value}`);
    }
    // Reads the header and the whole schema; the full check is the doctor's, it takes minutes on a large file.
    raw.prepare('SELECT count(*) FROM sqlite_master').get();
    const { newer } = migrate({
      raw,
      file,
      backupDir: path.join(options.dataDir, 'backups'),
      clock: options.clock,
      log: options.log,
    });
    if (newer) {
      raw.close();
      raw = new Database(file, { readonly: true });
    }
    const open = raw;
    return {
      store: createStore(open, newer !== null, options.onDamage),
      newer,
      close() {
        if (!open.readonly) open.pragma('wal_checkpoint(TRUNCATE)');
        open.close();
      },
    };
  } catch (error) {
    raw?.close();
    if (error instanceof VigieError) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    if (isStorageDamage(error)) {
      if ((error as { code: string }).code === 'SQLITE_NOTADB') setAside(file, options.clock.now());
      throw new VigieError('database-damaged', { path: file, detail }, { cause: error });
    }
    throw new VigieError('data-folder-unusable', { path: options.dataDir, detail }, { cause: error });
  }
}

/** Renames the database and its companions; nothing is deleted. */
function setAside(file: string, at: number): void {
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, `${file}.damaged-${at}${suffix}`);
  }
}
