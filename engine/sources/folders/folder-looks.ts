import path from 'node:path';
import { isVigieError, VigieError } from '#shared/errors.ts';
import type { FolderFile, WaitReason } from '#shared/model/folder.ts';
import type { Clock } from '../../base/clock.ts';
import { fingerprint } from './fingerprint.ts';
import type { FolderRow, FoldersStore } from './folders-store.ts';
import type { FoldersService } from './folders-service.ts';
import { judgeFile, renamedFrom, type Seen, type Sighting } from './judge-file.ts';
import { isGone, scanFolder } from './scan-folder.ts';

export type Waiting = { seen: Seen; why: WaitReason; since: number };

/** Recordings that are heard or written down at the same time, of all folders: more would only fill the disk with sound that waits. */
const mostWorking = 2;

const keyOf = (file: { path: string; sizeBytes: number; changedAt: number }) =>
  `${file.sizeBytes}/${file.changedAt}/${file.path}`;

/** One look at one folder after another, and what was seen at the last one. */
export function createFolderLooks(deps: {
  folders: FoldersStore;
  service: Pick<FoldersService, 'inventory' | 'looked' | 'moved' | 'take' | 'failed'>;
  clock: Clock;
  /** Real path of our own data, which is no recording. */
  dataDir: string;
  /** Path of the model that a recording of this folder is written down with. @throws VigieError `model-missing`, … */
  modelFor(folder: FolderRow): Promise<string>;
}) {
  const { folders, service, clock } = deps;
  const sightings = new Map<string, Map<string, Sighting>>();
  const waiting = new Map<string, Waiting[]>();

  /** Answers whether something there is still settling, so that the next look comes soon. */
  async function look(folder: FolderRow, signal: AbortSignal): Promise<{ soon: boolean }> {
    const options = { recursive: folder.recursive === 1, except: deps.dataDir, signal };
    const scan = await scanFolder(folder.real_path, options);
    if ('state' in scan) {
      waiting.delete(folder.id);
      service.looked(folder, scan.state, null);
      return { soon: false };
    }
    if (folder.inventoried_at === null) {
      service.inventory(folder, scan.found);
      service.looked(folder, 'watching', null);
      return { soon: scan.found.length > 0 };
    }
    const known = folders.files(folder.id);
    const knownKeys = new Set(
      known.map((row) => keyOf({ path: row.path, sizeBytes: row.size_bytes, changedAt: row.changed_at })),
    );
    for (const { path: below, code } of scan.unreadable) {
      const seen = { path: below, sizeBytes: 0, changedAt: 0 };
      if (!knownKeys.has(keyOf(seen))) service.failed(folder, seen, unreadable(folder, below, code));
    }
    const unread = known.filter(({ digest }) => digest === null);
    const present = new Set(scan.found.map((seen) => seen.path));
    const before = sightings.get(folder.id) ?? new Map<string, Sighting>();
    const after = new Map<string, Sighting>();
    const waits: Waiting[] = [];
    const whole: Seen[] = [];
    for (const seen of scan.found) {
      if (knownKeys.has(keyOf(seen))) continue;
      const old = renamedFrom(seen, unread, present);
      if (old) {
        service.moved(old, seen);
        unread.splice(unread.indexOf(old), 1);
        continue;
      }
      const { sighting, wait } = judgeFile(seen, before.get(seen.path), clock.monotonicMs());
      after.set(seen.path, sighting);
      if (wait === null) whole.push(seen);
      else waits.push({ seen, why: wait, since: clock.now() });
    }
    sightings.set(folder.id, after);
    const hold = (seen: Seen, why: WaitReason) => waits.push({ seen, why, since: clock.now() });
    // Shown while the long part runs.
    waiting.set(folder.id, [...waits, ...whole.map((seen) => ({ seen, why: 'turn' as const, since: clock.now() }))]);
    const problem = await takeWhole(folder, whole.sort(oldestFirst), hold, signal);
    waiting.set(folder.id, waits);
    service.looked(folder, 'watching', problem);
    return { soon: waits.some(({ why }) => why !== 'empty' && why !== 'turn') };
  }

  /** Begins what is whole, oldest first, as far as there is room. Answers what keeps all of it from being begun. */
  async function takeWhole(
    folder: FolderRow,
    whole: readonly Seen[],
    hold: (seen: Seen, why: WaitReason) => void,
    signal: AbortSignal,
  ): Promise<VigieError | null> {
    if (whole.length === 0) return null;
    let model: string;
    try {
      model = await deps.modelFor(folder);
    } catch (error) {
      if (!isVigieError(error)) throw error;
      for (const seen of whole) hold(seen, 'turn');
      return error;
    }
    for (const seen of whole) {
      if (folders.working() >= mostWorking) {
        hold(seen, 'turn');
        continue;
      }
      const found = await fingerprint(path.join(folder.real_path, seen.path), seen, signal);
      // Removed or paused while the file was being read.
      const now = folders.row(folder.id);
      if (!now || now.removed_at !== null || now.paused === 1) return null;
      if ('digest' in found) service.take(now, seen, found.digest, model);
      else if ('wait' in found) hold(seen, found.wait);
      else if (!isGone(found.code)) service.failed(folder, seen, unreadable(folder, seen.path, found.code));
    }
    return null;
  }

  return {
    look,
    waiting: (folderId: string): number => waiting.get(folderId)?.length ?? 0,
    forget(folderId: string) {
      waiting.delete(folderId);
      sightings.delete(folderId);
    },
    /** What was seen at the last look and not begun, as files of the contract. */
    list: (folderId: string): FolderFile[] =>
      (waiting.get(folderId) ?? []).map(({ seen, why, since }) => ({
        id: null,
        path: seen.path,
        sizeBytes: seen.sizeBytes,
        state: 'waiting',
        waiting: why,
        liveId: null,
        problem: null,
        at: since,
      })),
  };
}

const oldestFirst = (a: Seen, b: Seen) => a.changedAt - b.changedAt || (a.path < b.path ? -1 : 1);

const unreadable = (folder: FolderRow, below: string, code: string) =>
  new VigieError('source-unreadable', { source: path.join(folder.path, below), detail: code });
