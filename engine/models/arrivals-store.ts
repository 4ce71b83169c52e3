import type { Store } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';
import type { Clock } from '../base/clock.ts';

export type ArrivalRow = Tables['model_arrivals'];

export type ArrivalsStore = ReturnType<typeof createArrivalsStore>;

/** Models on their way here, and the lives that need one. */
export function createArrivalsStore(store: Store, clock: Clock) {
  const q = store.build;
  return {
    all: (): ArrivalRow[] => store.all(q.selectFrom('model_arrivals').selectAll()),
    get: (model: string): ArrivalRow | undefined =>
      store.get(q.selectFrom('model_arrivals').selectAll().where('model', '=', model)),
    /** A new attempt in place of the last one, in the current transaction. */
    begin(row: Pick<ArrivalRow, 'model' | 'source' | 'validator' | 'job_key'>): void {
      const made: ArrivalRow = { ...row, state: 'waiting', problem: null, at: clock.now() };
      store.run(
        q
          .insertInto('model_arrivals')
          .values(made)
          .onConflict((conflict) => conflict.column('model').doUpdateSet(made)),
      );
    },
    update(model: string, changes: Partial<Omit<ArrivalRow, 'model'>>): void {
      store.run(q.updateTable('model_arrivals').set(changes).where('model', '=', model));
    },
    remove(model: string): void {
      store.run(q.deleteFrom('model_arrivals').where('model', '=', model));
    },
    /** Whether a live still needs the model of this path: it runs, or some of its sound has no words yet. */
    neededByLive: (path: string): boolean =>
      store.get(
        q
          .selectFrom('lives')
          .select('id')
          .where('model', '=', path)
          .where((e) => e.or([e('state', '=', 'en_cours'), e('open_count', '>', 0)]))
          .limit(1),
      ) !== undefined,
  };
}
