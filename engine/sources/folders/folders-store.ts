import { sql } from 'kysely';
import { newId } from '#shared/ids.ts';
import type { FolderFile, WatchedFolder } from '#shared/model/folder.ts';
import type { Clock } from '../../base/clock.ts';
import type { Store } from '../../db/store.ts';
import type { Tables } from '../../db/tables.ts';
import type { Seen } from './judge-file.ts';

export type FolderRow = Tables['folders'];
export type FileRow = Tables['folder_files'];
export type FoldersStore = ReturnType<typeof createFoldersStore>;
export type FileCounts = Omit<WatchedFolder['files'], 'waiting'>;

/** SQL of watched folders and of the recordings seen in them. Writes expect to run inside a service's transaction. */
export function createFoldersStore(store: Store, clock: Clock) {
  const q = store.build;
  const addFile = store.prepare<Omit<FileRow, never>>((slot) =>
    q
      .insertInto('folder_files')
      .values({
        id: slot('id'),
        folder_id: slot('folder_id'),
        path: slot('path'),
        size_bytes: slot('size_bytes'),
        changed_at: slot('changed_at'),
        digest: slot('digest'),
        state: slot('state'),
        live_id: slot('live_id'),
        problem: slot('problem'),
        at: slot('at'),
      })
      .onConflict((conflict) => conflict.columns(['folder_id', 'path', 'size_bytes', 'changed_at']).doNothing()),
  );
  /** Recordings with what their lives say of them; literal, so that SQLite can use the partial index. */
  const withLives = () =>
    q
      .selectFrom('folder_files')
      .leftJoin('lives', 'lives.id', 'folder_files.live_id')
      .selectAll('folder_files')
      .select(['lives.state as live_state', 'lives.end_error as live_error']);
  type WithLive = FileRow & { live_state: Tables['lives']['state'] | null; live_error: string | null };

  return {
    row: (id: string) => store.get(q.selectFrom('folders').selectAll().where('id', '=', id)),
    atPath: (profileId: string, realPath: string) =>
      store.get(
        q.selectFrom('folders').selectAll().where('profile_id', '=', profileId).where('real_path', '=', realPath),
      ),
    /** Those that are not removed, oldest first. */
    all: (profileId: string): FolderRow[] =>
      store.all(
        q
          .selectFrom('folders')
          .selectAll()
          .where('profile_id', '=', profileId)
          .where('removed_at', 'is', null)
          .orderBy('id'),
      ),
    insert(row: Omit<FolderRow, 'id' | 'created_at'>): string {
      const at = clock.now();
      const id = newId(at);
      store.run(q.insertInto('folders').values({ ...row, id, created_at: at }));
      return id;
    },
    update(id: string, changes: Partial<FolderRow>) {
      store.run(q.updateTable('folders').set(changes).where('id', '=', id));
    },

    files: (folderId: string): FileRow[] =>
      store.all(q.selectFrom('folder_files').selectAll().where('folder_id', '=', folderId)),
    file: (id: string) => store.get(q.selectFrom('folder_files').selectAll().where('id', '=', id)),
    begunWith: (folderId: string, digest: string) =>
      store.get(
        q
          .selectFrom('folder_files')
          .selectAll()
          .where('folder_id', '=', folderId)
          .where('digest', '=', digest)
          .where('state', '=', sql.lit('begun' as const)),
      ),
    /** A file that is known already in this state of it stays as it is. */
    addFile(folderId: string, seen: Seen, what: Pick<FileRow, 'state'> & Partial<FileRow>): string {
      const at = clock.now();
      const id = newId(at);
      addFile.run({
        id,
        folder_id: folderId,
        path: seen.path,
        size_bytes: seen.sizeBytes,
        changed_at: seen.changedAt,
        digest: null,
        live_id: null,
        problem: null,
        at,
        ...what,
      });
      return id;
    },
    /** An earlier failure of a file that changed since is not told any more. */
    forgetFailure(folderId: string, filePath: string) {
      store.run(
        q
          .deleteFrom('folder_files')
          .where('folder_id', '=', folderId)
          .where('path', '=', filePath)
          .where('state', '=', 'failed'),
      );
    },
    updateFile(id: string, changes: Partial<FileRow>) {
      store.run(q.updateTable('folder_files').set(changes).where('id', '=', id));
    },
    /** Recordings of all folders that are being heard or written down now. */
    working: (): number =>
      store.get(
        q
          .selectFrom('folder_files')
          .innerJoin('lives', 'lives.id', 'folder_files.live_id')
          .select((e) => e.fn.countAll<number>().as('n'))
          .where('lives.state', '=', 'en_cours'),
      )?.n ?? 0,
    isOfFolder: (liveId: string): boolean =>
      store.get(q.selectFrom('folder_files').select('id').where('live_id', '=', liveId)) !== undefined,
    counts(folderId: string): FileCounts {
      const counts: FileCounts = { earlier: 0, working: 0, heard: 0, same: 0, failed: 0 };
      const rows = store.all(
        q
          .selectFrom('folder_files')
          .leftJoin('lives', 'lives.id', 'folder_files.live_id')
          .select((e) => [
            'folder_files.state',
            'lives.state as live_state',
            sql<number>`lives.end_error IS NOT NULL`.as('broken'),
            e.fn.countAll<number>().as('n'),
          ])
          .where('folder_files.folder_id', '=', folderId)
          .groupBy(['folder_files.state', 'lives.state', 'broken']),
      );
      for (const row of rows) counts[shownState(row.state, row.live_state, row.broken === 1)] += row.n;
      return counts;
    },
    /** Newest first, without those that were left alone. */
    recent: (folderId: string, limit: number): FolderFile[] =>
      (
        store.all(
          withLives()
            .where('folder_files.folder_id', '=', folderId)
            .where('folder_files.state', '<>', sql.lit('earlier' as const))
            .orderBy('folder_files.at', 'desc')
            .limit(limit),
        ) as WithLive[]
      ).map((row) => ({
        id: row.id,
        path: row.path,
        sizeBytes: row.size_bytes,
        state: shownState(row.state, row.live_state, row.live_error !== null),
        waiting: null,
        liveId: row.live_id,
        problem: JSON.parse(row.problem ?? row.live_error ?? 'null') as FolderFile['problem'],
        at: row.at,
      })),
  };
}

/** What became of a recording, from its row and its live. A live that a person stopped is done with. */
function shownState(state: FileRow['state'], live: Tables['lives']['state'] | null, broken: boolean): keyof FileCounts {
  if (state !== 'begun') return state;
  if (broken) return 'failed';
  return live === 'en_cours' ? 'working' : 'heard';
}
