import type { Case, CaseFields } from '#shared/model/case.ts';
import { newId } from '#shared/ids.ts';
import type { Clock } from '../base/clock.ts';
import type { Store } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

/** SQL of cases. Writes expect to run inside a service's transaction. */
export type CasesStore = ReturnType<typeof createCasesStore>;

export function createCasesStore(store: Store, clock: Clock) {
  const q = store.build;
  const withLives = () =>
    q
      .selectFrom('cases')
      .selectAll('cases')
      .select((e) =>
        e
          .selectFrom('lives')
          .whereRef('lives.case_id', '=', 'cases.id')
          .select((x) => x.fn.countAll<number>().as('n'))
          .as('lives'),
      );
  const glossaryOf = store.prepare<{ live: string }, { glossary: string }>((slot) =>
    q
      .selectFrom('lives')
      .innerJoin('cases', 'cases.id', 'lives.case_id')
      .select('cases.glossary as glossary')
      .where('lives.id', '=', slot('live')),
  );
  return {
    get(id: string): Case | undefined {
      const row = store.get(withLives().where('cases.id', '=', id));
      return row && caseOf(row as CountedRow);
    },
    list(options: { closed: boolean }): Case[] {
      let query = withLives().orderBy('cases.id', 'desc');
      if (!options.closed) query = query.where('cases.closed_at', 'is', null);
      return store.all(query).map((row) => caseOf(row as CountedRow));
    },
    insert(fields: CaseFields): string {
      const at = clock.now();
      const id = newId(at);
      store.run(q.insertInto('cases').values({ id, created_at: at, closed_at: null, ...rowOf(fields) }));
      return id;
    },
    update(id: string, fields: CaseFields) {
      store.run(q.updateTable('cases').set(rowOf(fields)).where('id', '=', id));
    },
    close(id: string, at: number | null) {
      store.run(q.updateTable('cases').set({ closed_at: at }).where('id', '=', id));
    },
    /** What the recogniser of a live should expect, most important first; empty without a case. */
    glossaryOf(liveId: string): string[] {
      const row = glossaryOf.get({ live: liveId });
      return row === undefined ? [] : (JSON.parse(row.glossary) as string[]);
    },
  };
}

type CountedRow = Tables['cases'] & { remote_speech: number; lives: number | null };

const rowOf = (fields: CaseFields) => ({
  title: fields.title,
  purpose: fields.purpose,
  legal_basis: fields.legalBasis,
  expires_at: fields.expiresAt,
  glossary: JSON.stringify(fields.glossary),
  remote_speech: fields.remoteSpeech ? 1 : 0,
});

function caseOf(row: CountedRow): Case {
  return {
    id: row.id,
    title: row.title,
    purpose: row.purpose,
    legalBasis: row.legal_basis,
    expiresAt: row.expires_at,
    glossary: JSON.parse(row.glossary) as string[],
    remoteSpeech: row.remote_speech === 1,
    createdAt: row.created_at,
    closedAt: row.closed_at,
    lives: row.lives ?? 0,
  };
}
