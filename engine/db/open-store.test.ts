import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { createClockDouble } from '../base/clock-double.ts';
import { silentLog } from '../base/log.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { databaseFileName, openStore } from './open-store.ts';

const open = (dataDir: string) => openStore({ dataDir, clock: createClockDouble(), log: silentLog });

test('the storage contract holds', () => {
  const { store, close } = open(temporaryFolder());
  const pragma = (name: string): unknown => store.raw.pragma(name, { simple: true });
  expect(pragma('journal_mode')).toBe('wal');
  expect(pragma('synchronous')).toBe(2);
  expect(pragma('foreign_keys')).toBe(1);
  expect(pragma('secure_delete')).toBe(1);
  expect(pragma('mmap_size') ?? 0).toBe(0);
  close();
});

test('before a database that holds something changes, a verified copy of it is made', () => {
  const dataDir = temporaryFolder();
  const { store, close } = open(dataDir);
  store.raw.exec(`INSERT INTO settings VALUES ('kept', '1', 0)`);
  close();
  const raw = new Database(path.join(dataDir, databaseFileName));
  const backupDir = path.join(dataDir, 'backups');
  const later = [...migrations, { name: '900-later', sql: 'CREATE TABLE later (x INTEGER) STRICT' }];
  migrate({ raw, file: 'f', backupDir, clock: createClockDouble(), log: silentLog, known: later });
  raw.close();
  const [name] = readdirSync(backupDir);
  const copy = new Database(path.join(backupDir, String(name)), { readonly: true });
  expect(copy.prepare('SELECT key FROM settings').all()).toEqual([{ key: 'kept' }]);
  expect(copy.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'later'`).get()).toBeUndefined();
  copy.close();
});

test('a table that is made anew keeps its rows and what refers to them', () => {
  const raw = new Database(':memory:');
  raw.pragma('foreign_keys = 1');
  const given = { raw, file: 'f', backupDir: temporaryFolder(), clock: createClockDouble(), log: silentLog };
  migrate({ ...given, known: migrations.slice(0, 1) });
  raw.exec(`
    INSERT INTO lives (id, title, source, source_kind, source_label, state, capture_state, started_at, language, model)
      VALUES ('live', 'Marché', '{}', 'file', 'a.ogg', 'en_cours', 'capturing', 5, 'fr', 'm');
    INSERT INTO segments (id, live_id, number, start_ms, end_ms, state, text, heard_at) VALUES ('s', 'live', 1, 0, 9, 'written', 'élan', 1)`);
  migrate({ ...given, known: migrations });
  expect(raw.prepare('SELECT title, priority, keep_audio, watch_id FROM lives').all()).toEqual([
    { title: 'Marché', priority: 1, keep_audio: 1, watch_id: null },
  ]);
  expect(raw.prepare(`SELECT rowid FROM segments_fts WHERE segments_fts MATCH 'elan'`).all()).toHaveLength(1);
  expect(raw.pragma('foreign_keys', { simple: true })).toBe(1);
  expect(() => raw.exec(`DELETE FROM lives`)).toThrow(/FOREIGN KEY/);
  raw.close();
});

test('a table that is made anew and loses a row that is referred to changes nothing', () => {
  const raw = new Database(':memory:');
  raw.pragma('foreign_keys = 1');
  const base = {
    name: '010-base',
    sql: `CREATE TABLE a (id TEXT PRIMARY KEY) STRICT; CREATE TABLE b (a TEXT REFERENCES a (id)) STRICT;
      INSERT INTO a VALUES ('x'); INSERT INTO b VALUES ('x')`,
  };
  const loses = { name: '020-loses', rebuilds: true, sql: 'DROP TABLE a; CREATE TABLE a (id TEXT PRIMARY KEY) STRICT' };
  const given = { raw, file: 'f', backupDir: temporaryFolder(), clock: createClockDouble(), log: silentLog };
  expect(() => migrate({ ...given, known: [base, loses] })).toThrow(/without a row/);
  expect(raw.prepare('SELECT id FROM a').all()).toEqual([{ id: 'x' }]);
  raw.close();
});

test('a migration that fails half way leaves the schema as it was', () => {
  const raw = new Database(':memory:');
  const broken = [{ name: '010-broken', sql: 'CREATE TABLE a (x INTEGER) STRICT; CREATE TABLE a (x INTEGER) STRICT' }];
  expect(() =>
    migrate({ raw, file: 'f', backupDir: 'b', clock: createClockDouble(), log: silentLog, known: broken }),
  ).toThrow(/already exists/);
  expect(raw.prepare(`SELECT name FROM sqlite_master WHERE name = 'a'`).all()).toEqual([]);
  raw.close();
});

test('a schema from a newer Vigie opens read-only and is not touched', () => {
  const dataDir = temporaryFolder();
  const { store, close } = open(dataDir);
  store.raw.exec(`INSERT INTO migrations VALUES ('999-future', 0)`);
  close();
  const later = open(dataDir);
  expect(later.newer).toBe('999-future');
  expect(later.store.readOnly).toBe(true);
  expect(() => later.store.raw.exec(`INSERT INTO settings VALUES ('a', '1', 0)`)).toThrow(/readonly/);
  later.close();
});

test('a file that is not a database is refused, kept, and set aside by name', () => {
  const dataDir = temporaryFolder();
  writeFileSync(
    path.join(dataDir, databaseFileName),
    'this is not a database, but it may be all that is left of one'.repeat(100),
  );
  expect(() => open(dataDir)).toThrow(/database-damaged/);
  const kept = readdirSync(dataDir).find((name) => name.includes('.damaged-'));
  expect(readFileSync(path.join(dataDir, String(kept)), 'utf8')).toMatch(/^this is not/);
});

test('a file that is damaged while it is open closes the writer, tells it once, and is kept', () => {
  const dataDir = temporaryFolder();
  const file = path.join(dataDir, databaseFileName);
  const first = open(dataDir);
  first.store.transaction(() => {
    for (let n = 0; n < 5000; n += 1)
      first.store.raw.prepare('INSERT INTO settings VALUES (?, ?, 0)').run(`key ${n}`, 'x'.repeat(200));
  });
  first.close();

  const damages: string[] = [];
  const second = openStore({
    dataDir,
    clock: createClockDouble(),
    log: silentLog,
    onDamage: ({ code }) => damages.push(code),
  });
  const bytes = readFileSync(file);
  // Everything behind the schema, as a failing disk may leave it.
  bytes.fill(0xee, bytes.length / 2);
  writeFileSync(file, bytes);
  const readAll = () =>
    second.store.transaction(() => void second.store.raw.prepare('SELECT sum(length(value)) FROM settings').all());
  expect(readAll).toThrow(/database-damaged/);
  expect(readAll).toThrow(/database-damaged/);
  expect(damages).toEqual(['database-damaged']);
  expect(readFileSync(file).length).toBe(bytes.length);
  second.store.raw.close();
});
