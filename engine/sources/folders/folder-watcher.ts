/** Looks at the watched folders again and again, and at once when the system says that something changed. */
import { type FSWatcher, watch } from 'node:fs';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { createFolderLooks } from './folder-looks.ts';
import type { FolderRow, FoldersStore } from './folders-store.ts';

/** Network shares tell nobody of changes, and watching a tree costs a handle per folder in it: looking is what is relied on. */
const restMs = 20_000;
/** While something settles. */
const soonMs = 4_000;
/** After the system's word, so that a burst of changes is one look. */
const wordMs = 700;
/** A look may take at most this share of the time: a huge folder on a slow share is looked at less often. */
const longestShare = 0.1;

export type FolderWatcher = ReturnType<typeof createFolderWatcher>;

export function createFolderWatcher(deps: {
  folders: FoldersStore;
  looks: ReturnType<typeof createFolderLooks>;
  clock: Clock;
  log: Log;
  profileId: string;
}) {
  const { folders, looks, clock, log } = deps;
  const due = new Map<string, number>();
  const words = new Map<string, { path: string; watcher: FSWatcher }>();
  const closing = new AbortController();
  let started = false;
  let looking: Promise<void> | null = null;
  let cancelTimer = () => {};

  const active = (): FolderRow[] => folders.all(deps.profileId).filter(({ paused }) => paused === 0);

  const hush = (id: string) => {
    words.get(id)?.watcher.close();
    words.delete(id);
  };
  /** The system's word is a bonus: where it cannot be had, or ends, the regular looks go on. */
  const listen = (folder: FolderRow) => {
    if (words.has(folder.id)) return;
    try {
      const watcher = watch(folder.real_path, { persistent: false }, () => hurry(folder.id, wordMs));
      watcher.on('error', () => hush(folder.id));
      words.set(folder.id, { path: folder.real_path, watcher });
    } catch (error) {
      log.debug({ folderId: folder.id, problem: String(error) }, 'changes of a folder are not told; it is looked at');
    }
  };

  const hurry = (id: string, afterMs: number) => {
    const at = clock.monotonicMs() + afterMs;
    if ((due.get(id) ?? 0) > at) {
      due.set(id, at);
      plan();
    }
  };

  const sync = () => {
    const rows = active();
    const wanted = new Set(rows.map(({ id }) => id));
    for (const id of due.keys())
      if (!wanted.has(id)) {
        due.delete(id);
        hush(id);
        looks.forget(id);
      }
    for (const { id } of rows) if (!due.has(id)) due.set(id, clock.monotonicMs());
  };

  const lookAt = async (id: string) => {
    const folder = folders.row(id);
    if (!folder || folder.removed_at !== null || folder.paused === 1) return void due.delete(id);
    const since = clock.monotonicMs();
    // Before the look, so that nothing that changes during it is missed.
    due.set(id, Infinity);
    listen(folder);
    const { soon } = await looks.look(folder, closing.signal);
    const tookMs = clock.monotonicMs() - since;
    if (folders.row(id)?.state !== 'watching') hush(id);
    const next = clock.monotonicMs() + Math.max(soon ? soonMs : restMs, tookMs / longestShare - tookMs);
    due.set(id, Math.min(due.get(id) ?? Infinity, next));
  };

  const plan = () => {
    cancelTimer();
    if (!started || closing.signal.aborted || looking || due.size === 0) return;
    const [[id, atMs]] = [...due.entries()].sort(([, a], [, b]) => a - b) as [[string, number]];
    const waitMs = atMs - clock.monotonicMs();
    if (waitMs > 0) {
      cancelTimer = clock.schedule(Math.min(waitMs, restMs), plan);
      return;
    }
    looking = lookAt(id)
      .catch((error: unknown) => {
        if (closing.signal.aborted) return;
        log.error({ folderId: id, problem: String(error) }, 'a folder could not be looked at');
        due.set(id, clock.monotonicMs() + 3 * restMs);
      })
      .finally(() => {
        looking = null;
        plan();
      });
  };

  return {
    start() {
      started = true;
      sync();
      plan();
    },
    /** Other folders are watched, or one is over and another recording may begin. */
    refresh() {
      if (!started || closing.signal.aborted) return;
      sync();
      for (const id of due.keys()) hurry(id, wordMs);
      plan();
    },
    async close() {
      closing.abort();
      cancelTimer();
      for (const id of words.keys()) hush(id);
      await looking;
    },
  };
}
