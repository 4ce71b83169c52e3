import { expect, test } from 'vitest';
import { temporaryStore } from '../testing/temporary-store.ts';
import { inventory } from './inventory.ts';

/** The one table that is an index over another: it holds no column of its own. */
const derived = /^(segments|edits)_fts|^sqlite_/;

test('every column of the real schema is in the inventory, and nothing else is', () => {
  const { store } = temporaryStore();
  const tables = store.raw
    .prepare<[], { name: string }>(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`)
    .all();
  const real = tables
    .filter(({ name }) => !derived.test(name))
    .map(({ name }) => [
      name,
      store.raw
        .prepare<[], { name: string }>(`PRAGMA table_info(${name})`)
        .all()
        .map((column) => column.name)
        .sort(),
    ]);
  const listed = Object.entries(inventory).map(([name, entry]) => [name, Object.keys(entry.columns).sort()]);
  expect(Object.fromEntries(real)).toEqual(Object.fromEntries(listed));
});
