import { useQueryClient } from '@tanstack/react-query';
import { newId } from '#shared/ids.ts';
import type { WatchedFolder } from '#shared/model/folder.ts';
import { useWords } from '../../i18n/index.ts';
import { engine } from '../../link/engine.ts';
import { problemText } from '../../link/problem.ts';
import { toast } from '../../parts/toast.tsx';

/** What can be done with a watched folder; a removal can be taken back. */
export function useFolderActions() {
  const { t } = useWords();
  const queries = useQueryClient();
  const command = () => newId(Date.now());
  const run = async (work: Promise<unknown>, done?: () => void) => {
    try {
      await work;
    } catch (error) {
      return toast(problemText(error, t), { bad: true });
    }
    void queries.invalidateQueries({ queryKey: ['folders'] });
    return done?.();
  };
  return {
    change: (folder: WatchedFolder, patch: { paused?: boolean; keepAudio?: boolean; caseId?: string | null }) =>
      void run(engine.folders.change({ folderId: folder.id, patch, commandId: command() })),
    retry: (fileId: string) =>
      void run(engine.folders.retry({ fileId, commandId: command() }), () => toast(t('folders.retried'))),
    remove: (folder: WatchedFolder) =>
      void run(engine.folders.remove({ folderId: folder.id, commandId: command() }), () =>
        toast(t('folders.removed', { path: folder.path }), {
          id: `folder-${folder.id}`,
          action: {
            label: t('watches.undo'),
            run: () =>
              void run(engine.folders.restore({ folderId: folder.id, commandId: command() }), () =>
                // In the place of the word about the removal.
                toast(t('folders.restored', { path: folder.path }), { id: `folder-${folder.id}` }),
              ),
          },
        }),
      ),
  };
}
