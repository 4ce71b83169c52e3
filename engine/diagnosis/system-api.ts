import type { Check, SystemStatus } from '#shared/model/system.ts';
import type { Implementer } from '../carriers/implement.ts';
import type { Commands } from '../db/commands.ts';
import type { Feed } from '../journal/feed.ts';
import { checkExecutable } from '../process/executable.ts';
import type { SettingsService } from '../settings/settings-service.ts';

/** Handlers of `contract.system` and `contract.feed`. */
export function systemApi(
  os: Implementer,
  deps: {
    settings: SettingsService;
    commands: Commands;
    feed: Feed;
    dataDir: string;
    freeBytes(): Promise<number>;
    status(): Omit<SystemStatus, 'freeBytes' | 'dataDir' | 'nextModel'>;
    examine(): Promise<Check[]>;
    nextModel(): Promise<SystemStatus['nextModel']>;
    validateModel(idOrPath: string): Promise<unknown>;
    /** Something that kept work from beginning may have changed. In the current transaction. */
    changed(): void;
  },
) {
  return {
    system: {
      status: os.system.status.handler(async () => {
        const nextModel = await deps.nextModel();
        return { ...deps.status(), nextModel, dataDir: deps.dataDir, freeBytes: await deps.freeBytes() };
      }),
      doctor: os.system.doctor.handler(async () => ({ checks: await deps.examine() })),
      settings: os.system.settings.handler(() => deps.settings.get()),
      changeSettings: os.system.changeSettings.handler(async ({ input, context }) => {
        if (input.patch.model !== undefined) await deps.validateModel(input.patch.model);
        const { inputFfmpeg, ytDlp, streamlink } = input.patch;
        // Empty takes a program away again.
        for (const [name, file] of Object.entries({ ffmpeg: inputFfmpeg, 'yt-dlp': ytDlp, streamlink }))
          if (file) await checkExecutable(name, file);
        return deps.commands.once(
          { id: input.commandId, call: 'system.changeSettings', actor: context.actor.id },
          () => {
            deps.changed();
            return deps.settings.change(input.patch, context.actor.id);
          },
        );
      }),
    },
    feed: {
      subscribe: os.feed.subscribe.handler(async function* ({ input, signal }) {
        yield* deps.feed.subscribe(input.after, signal);
      }),
    },
  };
}
