import { realpathSync } from 'node:fs';
import { VigieError } from '#shared/errors.ts';
import type { Settings } from '#shared/model/settings.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { CaptureService } from '../../capture/capture-service.ts';
import type { Store } from '../../db/store.ts';
import type { Journal } from '../../journal/journal.ts';
import type { LivesStore } from '../../lives/lives-store.ts';
import { createFolderLooks } from './folder-looks.ts';
import { createFoldersService } from './folders-service.ts';
import { createFoldersStore, type FolderRow } from './folders-store.ts';
import { createFolderWatcher } from './folder-watcher.ts';

/** Watched folders, put together: which they are, and the looks at them in the background. */
export function composeFolders(by: {
  store: Store;
  lives: LivesStore;
  journal: Journal;
  capture: Pick<CaptureService, 'watch'>;
  clock: Clock;
  log: Log;
  dataDir: string;
  profileId: string;
  settings(): Settings;
  /** @throws VigieError `model-missing`, `model-invalid` */
  resolveModel(idOrPath: string): Promise<{ path: string }>;
}) {
  const folders = createFoldersStore(by.store, by.clock);
  const modelFor = async (folder: Pick<FolderRow, 'model'>): Promise<string> =>
    (await by.resolveModel(folder.model ?? by.settings().model)).path;
  const service = createFoldersService({
    ...by,
    folders,
    waiting: (folderId) => looks.waiting(folderId),
    onChange: () => watcher.refresh(),
  });
  const looks = createFolderLooks({ ...by, folders, service, dataDir: realpathSync(by.dataDir), modelFor });
  const watcher = createFolderWatcher({ ...by, folders, looks });
  return {
    service,
    folders,
    looks,
    watcher,
    modelForFile: async (fileId: string) => {
      const folder = folders.row(folders.file(fileId)?.folder_id ?? '');
      if (!folder) throw new VigieError('not-found', { what: 'recording', id: fileId });
      return await modelFor(folder);
    },
    /** A live is over: when it was one of ours, the next recording may begin. Called inside the transaction that settled it. */
    liveEnded(liveId: string) {
      if (folders.isOfFolder(liveId)) by.store.afterCommit(watcher.refresh);
    },
  };
}
