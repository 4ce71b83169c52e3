import type { ExportRecord } from '#shared/model/export.ts';
import { newId } from '#shared/ids.ts';
import type { Clock } from '../base/clock.ts';
import type { Store } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

export type ExportRow = Tables['exports'];
export type ExportsStore = ReturnType<typeof createExportsStore>;

/** SQL of exports: what left, in which form, by whom, when, with which hash. */
export function createExportsStore(store: Store, clock: Clock) {
  const q = store.build;
  return {
    row: (id: string) => store.get(q.selectFrom('exports').selectAll().where('id', '=', id)),
    insert(row: Omit<ExportRow, 'id' | 'at' | 'state' | 'size_bytes' | 'sha256' | 'problem'>): string {
      const at = clock.now();
      const id = newId(at);
      store.run(
        q
          .insertInto('exports')
          .values({ id, at, state: 'waiting', size_bytes: null, sha256: null, problem: null, ...row }),
      );
      return id;
    },
    update(id: string, changes: Partial<ExportRow>) {
      store.run(q.updateTable('exports').set(changes).where('id', '=', id));
    },
    list(options: { liveId?: string; limit: number }): ExportRow[] {
      let query = q.selectFrom('exports').selectAll().orderBy('id', 'desc').limit(options.limit);
      if (options.liveId) query = query.where('live_id', '=', options.liveId);
      return store.all(query);
    },
  };
}

export function exportOf(row: ExportRow, progressBp: number): ExportRecord {
  return {
    id: row.id,
    liveId: row.live_id,
    format: row.format,
    locale: row.locale,
    state: row.state,
    progressBp: row.state === 'done' ? 10_000 : progressBp,
    fileName: row.file_name,
    path: row.state === 'done' ? row.path : null,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    problem: row.problem,
    by: row.by_name,
    at: row.at,
  };
}
