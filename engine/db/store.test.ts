import { expect, test } from 'vitest';
import { temporaryStore } from '../testing/temporary-store.ts';

function settingsTable() {
  const made = temporaryStore();
  const q = made.store.build;
  const write = (key: string) => made.store.run(q.insertInto('settings').values({ key, value: '1', at: 0 }));
  const keys = () => made.store.all(q.selectFrom('settings').select('key').orderBy('key')).map(({ key }) => key);
  return { ...made, write, keys };
}

test('a transaction that throws leaves nothing, and what waited for its commit never runs', () => {
  const { store, write, keys } = settingsTable();
  const ran: string[] = [];
  expect(() =>
    store.transaction(() => {
      write('a');
      store.afterCommit(() => ran.push('a'));
      throw new Error('no');
    }),
  ).toThrow('no');
  store.transaction(() => {
    write('b');
    store.afterCommit(() => ran.push('b'));
  });
  expect(keys()).toEqual(['b']);
  expect(ran).toEqual(['b']);
});

test('a transaction inside another is part of it', () => {
  const { store, write, keys } = settingsTable();
  const order: string[] = [];
  store.transaction(() => {
    store.transaction(() => {
      write('inner');
      store.afterCommit(() => order.push('committed'));
    });
    order.push('outer goes on');
  });
  expect(order).toEqual(['outer goes on', 'committed']);
  expect(keys()).toEqual(['inner']);
});

test('a prepared query binds its slots by name, wherever they stand', () => {
  const { store, write } = settingsTable();
  write('a');
  write('b');
  const q = store.build;
  const find = store.prepare<{ key: string; value: string }, { key: string }>((slot) =>
    q.selectFrom('settings').select('key').where('value', '=', slot('value')).where('key', '=', slot('key')),
  );
  expect(find.all({ key: 'b', value: '1' })).toEqual([{ key: 'b' }]);
  expect(find.get({ key: 'b', value: '2' })).toBeUndefined();
});

test('decisions and facts refuse to be changed or removed', () => {
  const { store, journal } = temporaryStore();
  store.transaction(() => journal.append({ kind: 'engine.started', subjectId: 'x' }));
  expect(() => store.raw.exec(`UPDATE facts SET actor = 'someone'`)).toThrow(/append-only/);
  expect(() => store.raw.exec('DELETE FROM facts')).toThrow(/append-only/);
});
