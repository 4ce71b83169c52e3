import path from 'node:path';
import { VigieError } from '#shared/errors.ts';
import type { EarlierChoice, FolderState, WatchedFolder } from '#shared/model/folder.ts';
import type { Settings } from '#shared/model/settings.ts';
import type { Clock } from '../../base/clock.ts';
import type { CaptureService } from '../../capture/capture-service.ts';
import type { Store } from '../../db/store.ts';
import type { Journal } from '../../journal/journal.ts';
import type { LivesStore } from '../../lives/lives-store.ts';
import type { FileRow, FolderRow, FoldersStore } from './folders-store.ts';
import type { Seen } from './judge-file.ts';

export type FolderChoices = {
  paused: boolean;
  language: Settings['language'] | null;
  model: string | null;
  caseId: string | null;
  keepAudio: boolean;
};

export type FoldersService = ReturnType<typeof createFoldersService>;

/** Which folders are watched, and what a look at one changes. Commands are called inside the transaction that remembers their answer. */
export function createFoldersService(deps: {
  store: Store;
  folders: FoldersStore;
  lives: LivesStore;
  journal: Journal;
  capture: Pick<CaptureService, 'watch'>;
  clock: Clock;
  profileId: string;
  settings(): Settings;
  /** Recordings of a folder that were seen and not begun. */
  waiting(folderId: string): number;
  /** Told after the commit that folders are to be looked at anew. */
  onChange(): void;
}) {
  const { store, folders, journal, clock } = deps;
  const told = () => store.afterCommit(deps.onChange);

  /** @throws VigieError `not-found` */
  function row(folderId: string): FolderRow {
    const found = folders.row(folderId);
    if (!found || found.removed_at !== null) throw new VigieError('not-found', { what: 'folder', id: folderId });
    return found;
  }
  const shown = (found: FolderRow): WatchedFolder => ({
    id: found.id,
    path: found.path,
    recursive: found.recursive === 1,
    earlier: found.earlier,
    paused: found.paused === 1,
    caseId: found.case_id,
    language: found.language,
    model: found.model,
    keepAudio: found.keep_audio === 1,
    state: found.state,
    stateSince: found.state_since,
    problem: JSON.parse(found.problem ?? 'null') as WatchedFolder['problem'],
    createdAt: found.created_at,
    lookedAt: found.looked_at,
    files: { ...folders.counts(found.id), waiting: deps.waiting(found.id) },
  });

  /** @throws VigieError `folder-unusable` when one folder's recordings would be heard through two */
  function checkFree(realPath: string, recursive: boolean) {
    for (const other of folders.all(deps.profileId)) {
      const clash =
        other.real_path === realPath
          ? 'already-watched'
          : (recursive && isInside(other.real_path, realPath)) ||
              (other.recursive === 1 && isInside(realPath, other.real_path))
            ? 'overlaps'
            : null;
      if (clash) throw new VigieError('folder-unusable', { path: realPath, problem: clash, other: other.path });
    }
  }

  function begin(folder: FolderRow, seen: { path: string }, model: string): string {
    const name = path.basename(seen.path);
    return deps.capture.watch({
      source: { kind: 'file', path: path.join(folder.real_path, seen.path) },
      title: name.replace(/\.[^.]+$/, '') || name,
      account: null,
      caseId: folder.case_id,
      keepAudio: folder.keep_audio === 1,
      language: folder.language ?? deps.settings().language,
      model,
      pace: null,
      actor: 'engine',
    });
  }

  return {
    row,
    known: (folderId: string): WatchedFolder => shown(row(folderId)),
    list: (): WatchedFolder[] => folders.all(deps.profileId).map(shown),
    /** One that was watched before is taken up again, so that what was heard of it is not heard twice. */
    add(
      given: { path: string; realPath: string; recursive: boolean; earlier: EarlierChoice } & Omit<
        FolderChoices,
        'paused'
      >,
      actor: string,
    ): WatchedFolder {
      checkFree(given.realPath, given.recursive);
      const choices = {
        path: given.path,
        recursive: given.recursive ? 1 : 0,
        earlier: given.earlier,
        paused: 0,
        case_id: given.caseId,
        language: given.language,
        model: given.model,
        keep_audio: given.keepAudio ? 1 : 0,
        state: 'watching' as const,
        state_since: clock.now(),
        problem: null,
        inventoried_at: null,
        looked_at: null,
        removed_at: null,
      };
      const before = folders.atPath(deps.profileId, given.realPath);
      if (before) folders.update(before.id, choices);
      const id = before?.id ?? folders.insert({ ...choices, profile_id: deps.profileId, real_path: given.realPath });
      journal.append({ kind: 'folder.added', subjectId: id, data: { earlier: given.earlier }, actor });
      told();
      return shown(row(id));
    },
    change(folderId: string, patch: Partial<FolderChoices>, actor: string): WatchedFolder {
      const before = shown(row(folderId));
      folders.update(folderId, {
        ...(patch.paused === undefined ? {} : { paused: patch.paused ? 1 : 0 }),
        ...(patch.language === undefined ? {} : { language: patch.language }),
        ...(patch.model === undefined ? {} : { model: patch.model }),
        ...(patch.caseId === undefined ? {} : { case_id: patch.caseId }),
        ...(patch.keepAudio === undefined ? {} : { keep_audio: patch.keepAudio ? 1 : 0 }),
      });
      const after = shown(row(folderId));
      const names = (Object.keys(patch) as (keyof FolderChoices)[]).filter((name) => before[name] !== after[name]);
      if (names.length === 0) return after;
      journal.append({ kind: 'folder.changed', subjectId: folderId, data: { fields: names.sort().join(',') }, actor });
      told();
      return after;
    },
    remove(folderId: string, actor: string) {
      row(folderId);
      folders.update(folderId, { removed_at: clock.now() });
      journal.append({ kind: 'folder.removed', subjectId: folderId, actor });
      told();
    },
    /** @throws VigieError `not-found`, `folder-unusable` */
    restore(folderId: string, actor: string): WatchedFolder {
      const removed = folders.row(folderId);
      if (!removed) throw new VigieError('not-found', { what: 'folder', id: folderId });
      if (removed.removed_at === null) return shown(removed);
      checkFree(removed.real_path, removed.recursive === 1);
      folders.update(folderId, { removed_at: null });
      journal.append({ kind: 'folder.restored', subjectId: folderId, actor });
      told();
      return shown(row(folderId));
    },

    /** What was there when the folder was added. Until this is stored, nothing in it is new. */
    inventory(folder: FolderRow, found: readonly Seen[]) {
      store.transaction(() => {
        if (folder.earlier === 'ignore')
          for (const seen of found) folders.addFile(folder.id, seen, { state: 'earlier' });
        folders.update(folder.id, { inventoried_at: clock.now() });
        journal.append({ kind: 'folder.state', subjectId: folder.id, data: { state: folder.state } });
      });
    },
    /** A look ended. @returns whether anything changed that a person should see */
    looked(folder: FolderRow, state: FolderState, problem: VigieError | null) {
      const now = clock.now();
      const kept = problem && JSON.stringify({ code: problem.code, data: problem.data });
      store.transaction(() => {
        const seen = state === 'watching' ? { looked_at: now } : {};
        folders.update(folder.id, { ...seen, problem: kept });
        if (state === folder.state && kept === folder.problem) return;
        if (state !== folder.state) folders.update(folder.id, { state, state_since: now });
        journal.append({ kind: 'folder.state', subjectId: folder.id, data: { state } });
      });
    },
    moved(known: FileRow, seen: Seen) {
      store.transaction(() => folders.updateFile(known.id, { path: seen.path }));
    },
    /**
     * A whole recording: heard, unless its content was heard already. The row and the live are one transaction, and the content is unique, so
     * that it is heard exactly once whatever happens in between.
     */
    take(folder: FolderRow, seen: Seen, digest: string, model: string): string | null {
      return store.transaction((): string | null => {
        if (folders.begunWith(folder.id, digest)) {
          folders.addFile(folder.id, seen, { state: 'same', digest });
          return null;
        }
        const liveId = begin(folder, seen, model);
        folders.forgetFailure(folder.id, seen.path);
        const id = folders.addFile(folder.id, seen, { state: 'begun', digest, live_id: liveId });
        journal.append({ kind: 'folder.file', subjectId: folder.id, data: { fileId: id, liveId } });
        return liveId;
      });
    },
    /** Told once; not tried again until the file changes or a person asks. */
    failed(folder: FolderRow, seen: Seen, problem: VigieError) {
      store.transaction(() => {
        folders.forgetFailure(folder.id, seen.path);
        const id = folders.addFile(folder.id, seen, {
          state: 'failed',
          problem: JSON.stringify({ code: problem.code, data: problem.data }),
        });
        journal.append({ kind: 'folder.file', subjectId: folder.id, data: { fileId: id, code: problem.code } });
      });
    },
    /** @throws VigieError `not-found` */
    retry(fileId: string, model: string, actor: string) {
      const file = folders.file(fileId);
      if (!file) throw new VigieError('not-found', { what: 'recording', id: fileId });
      const folder = row(file.folder_id);
      const live = file.live_id === null ? null : deps.lives.row(file.live_id);
      if (live && (live.state === 'en_cours' || live.end_error === null)) return;
      const liveId = begin(folder, file, model);
      folders.updateFile(file.id, { state: 'begun', live_id: liveId, problem: null, at: clock.now() });
      journal.append({ kind: 'folder.file', subjectId: folder.id, data: { fileId, liveId }, actor });
    },
  };
}

/** Both absolute and without links. */
export function isInside(child: string, parent: string): boolean {
  const relative = path.relative(parent, child);
  return relative !== '' && relative.split(path.sep)[0] !== '..' && !path.isAbsolute(relative);
}
