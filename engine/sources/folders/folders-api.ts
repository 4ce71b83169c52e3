import type { Implementer } from '../../carriers/implement.ts';
import type { Commands } from '../../db/commands.ts';
import { checkFolder } from './check-folder.ts';
import type { FoldersService } from './folders-service.ts';
import type { FileRow, FoldersStore } from './folders-store.ts';
import type { createFolderLooks } from './folder-looks.ts';

/** Handlers of `contract.folders`. */
export function foldersApi(
  os: Implementer,
  deps: {
    folders: FoldersStore;
    service: FoldersService;
    looks: Pick<ReturnType<typeof createFolderLooks>, 'list'>;
    commands: Commands;
    dataDir: string;
    /** @throws VigieError `not-found`, `case-closed` */
    openCase(caseId: string): unknown;
    /** @throws VigieError `not-found` */
    modelForFile(fileId: FileRow['id']): Promise<string>;
  },
) {
  const { folders, service, commands } = deps;
  return {
    add: os.folders.add.handler(async ({ input, context }) => {
      const { commandId, path: typed, ...choices } = input;
      const checked = await checkFolder(typed, deps.dataDir);
      if (choices.caseId !== null) deps.openCase(choices.caseId);
      return commands.once({ id: commandId, call: 'folders.add', actor: context.actor.id }, () =>
        service.add({ ...choices, path: checked.path, realPath: checked.realPath }, context.actor.id),
      );
    }),
    list: os.folders.list.handler(() => ({ items: service.list() })),
    files: os.folders.files.handler(({ input }) => {
      service.row(input.folderId);
      const waiting = deps.looks.list(input.folderId).slice(0, input.limit);
      return { items: [...waiting, ...folders.recent(input.folderId, input.limit - waiting.length)] };
    }),
    change: os.folders.change.handler(({ input, context }) => {
      if (input.patch.caseId) deps.openCase(input.patch.caseId);
      return commands.once({ id: input.commandId, call: 'folders.change', actor: context.actor.id }, () =>
        service.change(input.folderId, input.patch, context.actor.id),
      );
    }),
    remove: os.folders.remove.handler(({ input, context }) =>
      commands.once({ id: input.commandId, call: 'folders.remove', actor: context.actor.id }, () => {
        service.remove(input.folderId, context.actor.id);
        return {};
      }),
    ),
    restore: os.folders.restore.handler(({ input, context }) =>
      commands.once({ id: input.commandId, call: 'folders.restore', actor: context.actor.id }, () =>
        service.restore(input.folderId, context.actor.id),
      ),
    ),
    retry: os.folders.retry.handler(async ({ input, context }) => {
      const model = await deps.modelForFile(input.fileId);
      return commands.once({ id: input.commandId, call: 'folders.retry', actor: context.actor.id }, () => {
        service.retry(input.fileId, model, context.actor.id);
        return {};
      });
    }),
  };
}
