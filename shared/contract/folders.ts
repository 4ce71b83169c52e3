import { z } from 'zod';
import { id } from '../ids.ts';
import { earlierChoices, folderFile, watchedFolder } from '../model/folder.ts';
import { languages } from '../model/live.ts';
import { call } from './base.ts';

const read = { permission: 'read', personalData: false } as const;
const operate = { permission: 'operate', personalData: false } as const;

const choices = {
  paused: z.boolean(),
  language: z.enum(languages).nullable(),
  model: z.string().max(4096).nullable(),
  caseId: id.nullable(),
  keepAudio: z.boolean(),
};

/** Folders whose new recordings are transcribed, each once. */
export const folders = {
  /** @throws `folder-unusable` when it cannot be watched, with the reason */
  add: call(operate)
    .input(
      z.object({
        path: z.string().min(1).max(4096),
        recursive: z.boolean().default(false),
        earlier: z.enum(earlierChoices).default('ignore'),
        language: choices.language.default(null),
        model: choices.model.default(null),
        caseId: choices.caseId.default(null),
        keepAudio: choices.keepAudio.default(true),
        commandId: id,
      }),
    )
    .output(watchedFolder),
  list: call(read).output(z.object({ items: z.array(watchedFolder) })),
  /** What waits first, then what was begun or failed, newest first; those that were left alone stay out. */
  files: call(read)
    .input(z.object({ folderId: id, limit: z.number().int().min(1).max(1000).default(100) }))
    .output(z.object({ items: z.array(folderFile) })),
  change: call(operate)
    .input(z.object({ folderId: id, patch: z.object(choices).partial(), commandId: id }))
    .output(watchedFolder),
  /** Stops watching. Recordings and lives stay; what is being heard goes on. */
  remove: call(operate)
    .input(z.object({ folderId: id, commandId: id }))
    .output(z.object({})),
  /** Takes a removal back. @throws `folder-unusable` when the folder is watched again under another id */
  restore: call(operate)
    .input(z.object({ folderId: id, commandId: id }))
    .output(watchedFolder),
  /** Tries a recording that failed once more. */
  retry: call(operate)
    .input(z.object({ fileId: id, commandId: id }))
    .output(z.object({})),
};
