import path from 'node:path';
import type { Command } from 'commander';
import { newId } from '#shared/ids.ts';
import { type EarlierChoice, earlierChoices } from '#shared/model/folder.ts';
import { languages, type SpokenLanguage } from '#shared/model/live.ts';
import { folderEvent, folderFileEvent } from '../../output/folder-events.ts';
import { findCase } from '../cases/find-case.ts';
import { modelReference } from '../environment.ts';
import { exitCodes } from '../exit-codes.ts';
import { argument, option, type Registrar } from '../registrar.ts';
import { withEngine } from '../shell.ts';
import { idValue, oneOf, whole } from '../values.ts';
import { findFolder } from './find-folder.ts';

/** Folders whose new recordings are transcribed. */
export function foldersCommand(registrar: Registrar): Command {
  const group = registrar.command('folders', [
    'folders',
    'folders add ~/Enregistrements --recursive',
    'folders files .',
  ]);
  for (const declare of [
    listFolders,
    addFolder,
    listFiles,
    pauseFolder,
    resumeFolder,
    removeFolder,
    restoreFolder,
    retryFile,
  ])
    declare(registrar, group);
  return group;
}

function listFolders({ say, command, action }: Registrar, group: Command): void {
  command('list', ['folders list --json'], group).action(
    action<[], object>((shell) =>
      withEngine(shell, {}, async ({ client }) => {
        const { items } = await client.folders.list();
        for (const folder of items) shell.output.event(folderEvent(folder, null, say));
        if (items.length === 0) shell.output.notice(say('folders.none'));
        return exitCodes.ok;
      }),
    ),
  );
}

type AddOptions = {
  recursive?: boolean;
  earlier: EarlierChoice;
  case?: string;
  language?: SpokenLanguage;
  model?: string;
  dropAudio?: boolean;
};

function addFolder({ say, command, action }: Registrar, group: Command): void {
  command('add', ['folders add /media/usb/interviews --earlier transcribe --case "Signalement 118"'], group)
    .addArgument(argument(say, '<folder>', 'folder'))
    .addOption(option(say, '--recursive', 'recursive'))
    .addOption(option(say, '--earlier <choice>', 'earlier', oneOf(say, '--earlier', earlierChoices), 'ignore' as const))
    .addOption(option(say, '--case <case>', 'liveCase'))
    .addOption(option(say, '--language <code>', 'language', oneOf(say, '--language', languages)))
    .addOption(option(say, '--model <model>', 'model'))
    .addOption(option(say, '--drop-audio', 'dropAudio'))
    .action(
      action<[string], AddOptions>((shell, [typed], options) =>
        withEngine(shell, {}, async ({ client, engine }) => {
          const { cwd } = shell.world;
          const folder = await client.folders.add({
            path: path.resolve(cwd, typed),
            recursive: options.recursive ?? false,
            earlier: options.earlier,
            caseId: options.case === undefined ? null : (await findCase(client, options.case)).id,
            language: options.language ?? null,
            model: options.model === undefined ? null : modelReference(options.model, cwd),
            keepAudio: options.dropAudio !== true,
            commandId: newId(shell.world.now()),
          });
          shell.output.event(folderEvent(folder, 'added', say));
          shell.output.notice(say(engine ? 'folders.addedNext' : `folders.addedNow.${options.earlier}`));
          return exitCodes.ok;
        }),
      ),
    );
}

function listFiles({ say, command, action }: Registrar, group: Command): void {
  command('files', ['folders files ~/Enregistrements'], group)
    .addArgument(argument(say, '<folder>', 'folderWatched'))
    .addOption(option(say, '--limit <n>', 'limit', whole(say, '--limit', 1, 1000), 100))
    .action(
      action<[string], { limit: number }>((shell, [typed], { limit }) =>
        withEngine(shell, {}, async ({ client }) => {
          const { id: folderId } = await findFolder(client, typed, shell.world.cwd);
          const { items } = await client.folders.files({ folderId, limit });
          for (const file of items) shell.output.event(folderFileEvent(folderId, file, say));
          if (items.length === 0) shell.output.notice(say('folders.noFiles'));
          return exitCodes.ok;
        }),
      ),
    );
}

const pauseFolder = (registrar: Registrar, group: Command): void => pausing(registrar, group, 'pause', true);
const resumeFolder = (registrar: Registrar, group: Command): void => pausing(registrar, group, 'resume', false);

function pausing({ say, command, action }: Registrar, group: Command, name: 'pause' | 'resume', paused: boolean): void {
  command(name, [`folders ${name} ~/Enregistrements`], group)
    .addArgument(argument(say, '<folder>', 'folderWatched'))
    .action(
      action<[string], object>((shell, [typed]) =>
        withEngine(shell, {}, async ({ client }) => {
          const { id: folderId } = await findFolder(client, typed, shell.world.cwd);
          const patch = { paused };
          const changed = await client.folders.change({ folderId, patch, commandId: newId(shell.world.now()) });
          shell.output.event(folderEvent(changed, paused ? 'paused' : 'resumed', say));
          return exitCodes.ok;
        }),
      ),
    );
}

function removeFolder({ say, command, action }: Registrar, group: Command): void {
  command('remove', ['folders remove ~/Enregistrements'], group)
    .addArgument(argument(say, '<folder>', 'folderWatched'))
    .action(
      action<[string], object>((shell, [typed]) =>
        withEngine(shell, {}, async ({ client }) => {
          const folder = await findFolder(client, typed, shell.world.cwd);
          await client.folders.remove({ folderId: folder.id, commandId: newId(shell.world.now()) });
          shell.output.event(folderEvent(folder, 'removed', say));
          const data = shell.dataDirGiven ? ` --data ${shell.dataDir}` : '';
          shell.output.line(shell.output.style.dim(say('folders.undoHint', { id: folder.id, data })));
          return exitCodes.ok;
        }),
      ),
    );
}

function restoreFolder({ say, command, action }: Registrar, group: Command): void {
  command('restore', ['folders restore 0198f0c2-…'], group)
    .addArgument(argument(say, '<folder-id>', 'removedFolder', idValue(say)))
    .action(
      action<[string], object>((shell, [folderId]) =>
        withEngine(shell, {}, async ({ client }) => {
          const folder = await client.folders.restore({ folderId, commandId: newId(shell.world.now()) });
          shell.output.event(folderEvent(folder, 'restored', say));
          return exitCodes.ok;
        }),
      ),
    );
}

function retryFile({ say, command, action }: Registrar, group: Command): void {
  command('retry', ['folders retry 0198f0c2-…'], group)
    .addArgument(argument(say, '<file-id>', 'fileId', idValue(say)))
    .action(
      action<[string], object>((shell, [fileId]) =>
        withEngine(shell, {}, async ({ client }) => {
          await client.folders.retry({ fileId, commandId: newId(shell.world.now()) });
          shell.output.notice(say('folders.retried'));
          return exitCodes.ok;
        }),
      ),
    );
}
