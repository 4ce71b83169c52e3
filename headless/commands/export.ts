import path from 'node:path';
import type { Command } from 'commander';
import { makeFolder } from '#engine';
import type { ExportFormat } from '#shared/model/export.ts';
import { exportEvent } from '../output/from-model.ts';
import { exitCodes } from './exit-codes.ts';
import { argument, option, type Registrar } from './registrar.ts';
import { badInput, withEngine } from './shell.ts';
import { formatList, idValue } from './values.ts';
import { exportFailure, writeExport } from './write-exports.ts';

export function exportCommand({ say, command, action }: Registrar): Command {
  return command('export', ['export 0198f0c2-… --format pdf --out live.pdf', 'export 0198f0c2-… --format pdf,srt,json'])
    .addArgument(argument(say, '<live-id>', 'liveId', idValue(say)))
    .addOption(option(say, '--format <formats>', 'formats', formatList(say, '--format')).makeOptionMandatory())
    .addOption(option(say, '--out <file>', 'outFile'))
    .action(
      action<[string], { format: ExportFormat[]; out?: string }>(async (shell, [liveId], { format: formats, out }) => {
        if (out !== undefined && formats.length > 1) throw badInput(say('usage.outForMany'));
        const target = out === undefined ? undefined : path.resolve(shell.world.cwd, out);
        return await withEngine(shell, {}, async (connection) => {
          for (const format of formats) {
            try {
              if (target !== undefined) makeFolder(path.dirname(target));
              shell.output.event(exportEvent(await writeExport(shell, connection, { liveId, format, path: target })));
            } catch (error) {
              throw exportFailure(format, error);
            }
          }
          return exitCodes.ok;
        });
      }),
    );
}
