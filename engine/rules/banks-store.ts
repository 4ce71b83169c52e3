import type { BankFields, KeywordBank } from '#shared/model/rule.ts';
import { newId } from '#shared/ids.ts';
import type { Clock } from '../base/clock.ts';
import type { Store } from '../db/store.ts';

export type StoredBank = Omit<KeywordBank, 'usedBy'> & { removed: boolean };

/** SQL of banks of words. Versions are only ever added. Writes expect to run inside a service's transaction. */
export type BanksStore = ReturnType<typeof createBanksStore>;

export function createBanksStore(store: Store, clock: Clock) {
  const q = store.build;
  const newest = () =>
    q
      .selectFrom('keyword_banks')
      .innerJoin('keyword_bank_versions as v', (join) =>
        join.onRef('v.bank_id', '=', 'keyword_banks.id').on((e) =>
          e(
            'v.version',
            '=',
            e
              .selectFrom('keyword_bank_versions as last')
              .whereRef('last.bank_id', '=', 'keyword_banks.id')
              .select((x) => x.fn.max('last.version').as('version')),
          ),
        ),
      )
      .innerJoin('profiles', 'profiles.id', 'v.by_id')
      .select([
        'keyword_banks.id',
        'removed_at',
        'v.version',
        'v.name',
        'v.language',
        'v.terms',
        'v.at',
        'profiles.name as by',
      ]);
  type Row = ReturnType<typeof rowType>;
  const rowType = () => store.all(newest())[0]!;
  const bankOf = ({ removed_at, terms, at, ...row }: Row): StoredBank => ({
    ...row,
    terms: JSON.parse(terms) as string[],
    changedAt: at,
    removed: removed_at !== null,
  });
  return {
    /** A removed one too. */
    get(id: string): StoredBank | undefined {
      const row = store.get(newest().where('keyword_banks.id', '=', id));
      return row && bankOf(row);
    },
    list: (): StoredBank[] =>
      store
        .all(newest().where('removed_at', 'is', null))
        .map(bankOf)
        .sort((a, b) => a.name.localeCompare(b.name, 'fr')),
    insert(): string {
      const at = clock.now();
      const id = newId(at);
      store.run(q.insertInto('keyword_banks').values({ id, created_at: at, removed_at: null }));
      return id;
    },
    addVersion(bankId: string, version: number, { name, language, terms }: BankFields, byId: string) {
      store.run(
        q.insertInto('keyword_bank_versions').values({
          bank_id: bankId,
          version,
          name,
          language,
          terms: JSON.stringify(terms),
          by_id: byId,
          at: clock.now(),
        }),
      );
    },
    remove(bankId: string, removed: boolean) {
      store.run(
        q
          .updateTable('keyword_banks')
          .set({ removed_at: removed ? clock.now() : null })
          .where('id', '=', bankId),
      );
    },
  };
}
