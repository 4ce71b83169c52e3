import { expect, test } from 'vitest';
import { temporaryStore } from '../testing/temporary-store.ts';

function withFacts(count: number) {
  const made = temporaryStore();
  made.store.transaction(() => {
    for (let n = 1; n <= count; n += 1)
      made.journal.append({ kind: 'segment.heard', subjectId: `s${n}`, data: { number: n } });
  });
  return made;
}

/** Tampering as somebody with the file in hand would: the triggers are no obstacle to them. */
function tamper(store: ReturnType<typeof withFacts>['store'], sql: string) {
  store.raw.exec('DROP TRIGGER facts_append_only_update; DROP TRIGGER facts_append_only_delete;');
  store.raw.exec(sql);
}

test('an untouched chain verifies', () => {
  const { journal } = withFacts(50);
  expect(journal.verify()).toMatchObject({ lines: 50, brokenAt: null, headHash: journal.head().hash });
});

test.each([
  ['a changed field', `UPDATE facts SET subject_id = 'other' WHERE seq = 20`, 20],
  ['a changed time', `UPDATE facts SET at = at + 1 WHERE seq = 7`, 7],
  ['a removed line', `DELETE FROM facts WHERE seq = 30`, 31],
  ['a cut tail', `DELETE FROM facts WHERE seq > 45`, 46],
  [
    'two swapped lines',
    `UPDATE facts SET seq = 1000 WHERE seq = 3; UPDATE facts SET seq = 3 WHERE seq = 4; UPDATE facts SET seq = 4 WHERE seq = 1000`,
    3,
  ],
  ['a rewritten hash', `UPDATE facts SET hash = replace(hash, substr(hash, 1, 1), 'z') WHERE seq = 12`, 12],
])('%s is found', (_name, sql, brokenAt) => {
  const { store, journal } = withFacts(50);
  tamper(store, sql);
  expect(journal.verify().brokenAt).toBe(brokenAt);
});

test('listeners hear of a commit once, and of a rollback never', () => {
  const { store, journal } = temporaryStore();
  let heard = 0;
  journal.onAppend(() => (heard += 1));
  store.transaction(() => {
    journal.append({ kind: 'engine.started', subjectId: 'a' });
    journal.append({ kind: 'engine.started', subjectId: 'b' });
  });
  expect(() =>
    store.transaction(() => {
      journal.append({ kind: 'engine.started', subjectId: 'c' });
      throw new Error('no');
    }),
  ).toThrow();
  expect(heard).toBe(1);
  expect(journal.head().seq).toBe(2);
});
