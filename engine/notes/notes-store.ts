import type { Note } from '#shared/model/note.ts';
import { newId } from '#shared/ids.ts';
import type { Clock } from '../base/clock.ts';
import type { Store } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

export type NotesStore = ReturnType<typeof createNotesStore>;

/** SQL of notes on moments. Writes expect to run inside a service's transaction. */
export function createNotesStore(store: Store, clock: Clock) {
  const q = store.build;
  const named = () =>
    q
      .selectFrom('notes')
      .innerJoin('profiles', 'profiles.id', 'notes.by_id')
      .selectAll('notes')
      .select((e) => [
        'profiles.name as by_name',
        e
          .selectFrom('segments')
          .whereRef('segments.live_id', '=', 'notes.live_id')
          .whereRef('segments.start_ms', '<=', 'notes.at_ms')
          .orderBy('segments.start_ms', 'desc')
          .limit(1)
          .select('segments.number')
          .as('number'),
      ]);
  const byId = store.prepare<{ id: string }, NamedRow>((slot) => named().where('notes.id', '=', slot('id')) as never);
  return {
    /** A removed one too. */
    row: (id: string) => byId.get({ id }),
    get(id: string): Note | undefined {
      const row = byId.get({ id });
      return row && row.removed_at === null ? noteOf(row) : undefined;
    },
    /** In the order of the timeline. */
    ofLive: (liveId: string): Note[] =>
      (
        store.all(
          named()
            .where('notes.live_id', '=', liveId)
            .where('notes.removed_at', 'is', null)
            .orderBy('notes.at_ms')
            .orderBy('notes.id'),
        ) as NamedRow[]
      ).map(noteOf),
    insert(note: { liveId: string; atMs: number; text: string; by: string }): string {
      const at = clock.now();
      const id = newId(at);
      store.run(
        q.insertInto('notes').values({
          id,
          live_id: note.liveId,
          at_ms: note.atMs,
          text: note.text,
          by_id: note.by,
          version: 1,
          created_at: at,
          changed_at: at,
          removed_at: null,
        }),
      );
      return id;
    },
    update(id: string, changes: Partial<Tables['notes']>) {
      store.run(q.updateTable('notes').set(changes).where('id', '=', id));
    },
  };
}

type NamedRow = Tables['notes'] & { by_name: string; number: number | null };

function noteOf(row: NamedRow): Note {
  return {
    id: row.id,
    liveId: row.live_id,
    atMs: row.at_ms,
    number: row.number,
    text: row.text,
    by: row.by_name,
    createdAt: row.created_at,
    changedAt: row.changed_at,
    version: row.version,
  };
}
