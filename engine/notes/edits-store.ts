import { sql } from 'kysely';
import type { SegmentEdit } from '#shared/model/note.ts';
import { newId } from '#shared/ids.ts';
import type { Clock } from '../base/clock.ts';
import type { Store } from '../db/store.ts';

export type EditsStore = ReturnType<typeof createEditsStore>;

/** SQL of people's readings of segments. Rows are only ever added. Writes expect to run inside a service's transaction. */
export function createEditsStore(store: Store, clock: Clock) {
  const q = store.build;
  const dropIndexed = store.prepare<{ row: number }>((slot) =>
    q.deleteFrom('edits_fts').where('rowid', '=', slot('row')),
  );
  const index = store.prepare<{ row: number; text: string }>((slot) =>
    q.insertInto('edits_fts').values({ rowid: slot('row'), text: slot('text') } as never),
  );
  return {
    /** Every reading, the newest first. */
    ofSegment: (segmentId: string): SegmentEdit[] =>
      store.all(
        q
          .selectFrom('segment_edits')
          .innerJoin('profiles', 'profiles.id', 'segment_edits.by_id')
          .select([
            'segment_edits.version as version',
            'segment_edits.text as text',
            'segment_edits.at as at',
            'profiles.name as by',
          ])
          .where('segment_edits.segment_id', '=', segmentId)
          .orderBy('segment_edits.version', 'desc'),
      ),
    /** Puts a reading in force, and lets search find it. */
    add(segment: { id: string; row: number }, edit: { version: number; text: string | null; by: string }) {
      const at = clock.now();
      store.run(
        q
          .updateTable('segment_edits')
          .set({ is_current: 0 })
          .where('segment_id', '=', segment.id)
          .where('is_current', '=', sql.lit(1)),
      );
      store.run(
        q.insertInto('segment_edits').values({
          id: newId(at),
          segment_id: segment.id,
          version: edit.version,
          text: edit.text,
          by_id: edit.by,
          is_current: 1,
          at,
        }),
      );
      dropIndexed.run({ row: segment.row });
      if (edit.text !== null) index.run({ row: segment.row, text: edit.text });
    },
  };
}
