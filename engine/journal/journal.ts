import { createHash } from 'node:crypto';
import type { Fact, FactKind } from '#shared/model/fact.ts';
import { newId } from '#shared/ids.ts';
import type { Clock } from '../base/clock.ts';
import type { Store } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

export const genesisHash = '0'.repeat(64);

export type FactRow = Tables['facts'];

/** The hash of one line: SHA-256 over the previous hash and every other column, as one JSON array. */
export function factHash(row: Omit<FactRow, 'hash'>): string {
  const line = JSON.stringify([row.prev_hash, row.seq, row.id, row.at, row.actor, row.kind, row.subject_id, row.data]);
  return createHash('sha256').update(line).digest('hex');
}

export type NewFact = { kind: FactKind; subjectId: string; data?: Fact['data']; actor?: string };

export type Journal = {
  /** Adds a line in the current transaction; the feed learns of it after the commit. */
  append(fact: NewFact): void;
  /** Lines after `seq`, in order, at most `limit`. */
  after(seq: number, limit: number): Fact[];
  head(): { seq: number; hash: string };
  /** Walks the whole chain. `brokenAt`: the first line that does not follow from the one before. */
  verify(): { lines: number; brokenAt: number | null; headHash: string };
  /** Calls `run` after every commit that added lines; returns the unsubscriber. */
  onAppend(run: () => void): () => void;
};

export function createJournal(store: Store, clock: Clock): Journal {
  const q = store.build;
  const last = store.prepare<Record<string, never>, { seq: number; hash: string }>(() =>
    q.selectFrom('facts').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1),
  );
  const insert = store.prepare<FactRow>((slot) =>
    q.insertInto('facts').values({
      seq: slot('seq'),
      id: slot('id'),
      at: slot('at'),
      actor: slot('actor'),
      kind: slot('kind'),
      subject_id: slot('subject_id'),
      data: slot('data'),
      prev_hash: slot('prev_hash'),
      hash: slot('hash'),
    }),
  );
  const page = store.prepare<{ seq: number; limit: number }, FactRow>((slot) =>
    q.selectFrom('facts').selectAll().where('seq', '>', slot('seq')).orderBy('seq').limit(slot('limit')),
  );
  const listeners = new Set<() => void>();
  const announce = () => {
    for (const run of listeners) run();
  };

  const head = () => last.get({}) ?? { seq: 0, hash: genesisHash };

  return {
    head,
    append({ kind, subjectId, data = {}, actor = 'engine' }) {
      const { seq, hash } = head();
      const at = clock.now();
      const row = {
        seq: seq + 1,
        id: newId(at),
        at,
        actor,
        kind,
        subject_id: subjectId,
        data: JSON.stringify(data),
        prev_hash: hash,
      };
      insert.run({ ...row, hash: factHash(row) });
      store.afterCommit(announce);
    },
    after: (seq, limit) => page.all({ seq, limit }).map(factOf),
    verify() {
      let prev = genesisHash;
      let lines = 0;
      for (const row of store.raw.prepare<[], FactRow>('SELECT * FROM facts ORDER BY seq').iterate()) {
        if (row.seq !== lines + 1 || row.prev_hash !== prev || row.hash !== factHash(row)) {
          return { lines, brokenAt: row.seq, headHash: prev };
        }
        prev = row.hash;
        lines += 1;
      }
      // AUTOINCREMENT remembers the highest number ever given: a tail that was cut off leaves it ahead.
      const ever =
        store.raw.prepare<[], { seq: number }>(`SELECT seq FROM sqlite_sequence WHERE name = 'facts'`).get()?.seq ?? 0;
      return { lines, brokenAt: ever > lines ? lines + 1 : null, headHash: prev };
    },
    onAppend(run) {
      listeners.add(run);
      return () => listeners.delete(run);
    },
  };
}

export function factOf(row: FactRow): Fact {
  return {
    seq: row.seq,
    id: row.id,
    at: row.at,
    actor: row.actor,
    kind: row.kind as FactKind,
    subjectId: row.subject_id,
    data: JSON.parse(row.data) as Fact['data'],
  };
}
