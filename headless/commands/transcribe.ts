import path from 'node:path';
import type { Command } from 'commander';
import { makeFolder } from '#engine';
import { VigieError } from '#shared/errors.ts';
import type { ExportFormat } from '#shared/model/export.ts';
import { languages, type SpokenLanguage } from '#shared/model/live.ts';
import type { Connection } from '../connect.ts';
import type { OutputEvent } from '../output/events.ts';
import { errorSentence } from '../output/error-sentence.ts';
import { exportEvent } from '../output/from-model.ts';
import { findCase } from './cases/find-case.ts';
import { modelReference } from './environment.ts';
import { outputNames } from './output-names.ts';
import { exitCodeOf, type ExitCode, exitCodes } from './exit-codes.ts';
import { argument, option, type Registrar } from './registrar.ts';
import { type Shell, withEngine } from './shell.ts';
import { formatList, oneOf } from './values.ts';
import { sourceReference } from './watch.ts';
import { afterFirstLive, modelNotice } from './speech-notice.ts';
import { asFailure, type WatchInput, watchLive } from './watch-live.ts';
import { exportFailure, writeExport } from './write-exports.ts';

type Options = { format: ExportFormat[]; out: string; language?: SpokenLanguage; model?: string; case?: string };

export function transcribeCommand({ say, command, action }: Registrar): Command {
  return command('transcribe', ['transcribe interview.mp3', 'transcribe *.mp4 --format pdf,srt --out transcripts'])
    .addArgument(argument(say, '<file...>', 'files'))
    .addOption(
      option(
        say,
        '--format <formats>',
        'formats',
        formatList(say, '--format'),
        ['txt', 'srt'] as ExportFormat[],
        'txt,srt',
      ),
    )
    .addOption(option(say, '--out <dir>', 'outDir', undefined, '.'))
    .addOption(option(say, '--language <code>', 'language', oneOf(say, '--language', languages)))
    .addOption(option(say, '--model <model>', 'model'))
    .addOption(option(say, '--case <case>', 'liveCase'))
    .action(
      action<[string[]], Options>(async (shell, [files], options) => {
        const outDir = path.resolve(shell.world.cwd, options.out);
        const names = outputNames(files);
        // Before anything is heard: an hour of work must not end at a folder that cannot be written.
        makeOutFolder(outDir, options.format);
        return await withEngine(shell, { door: true }, async (connection) => {
          const settings = await connection.client.system.settings();
          const language = options.language ?? shell.overrides.language ?? settings.language;
          const model =
            options.model === undefined ? shell.overrides.model : modelReference(options.model, shell.world.cwd);
          const notice = await modelNotice(shell.output, connection.client, model);
          const tell = afterFirstLive(shell.output, notice, (event) => {
            if (shell.output.json) shell.output.event(event);
          });
          const caseId = options.case === undefined ? undefined : (await findCase(connection.client, options.case)).id;
          let worst: ExitCode = exitCodes.ok;
          let failed = 0;
          for (const [index, file] of files.entries()) {
            const place = { index: index + 1, count: files.length, file };
            shell.output.notice(say('notice.file', place));
            const target = { outDir, name: names[index]!, formats: options.format };
            const failure = await transcribeFile(
              shell,
              connection,
              { source: file, language, model, caseId },
              target,
              tell,
            );
            if (failure) {
              failed += 1;
              worst ||= exitCodeOf(failure.code);
              if (shell.output.json) shell.output.failure(failure, { source: file });
              else shell.output.notice(say('notice.fileFailed', { ...place, message: errorSentence(failure, say) }));
            }
            if (shell.interrupts.pressed) return exitCodes.interrupted;
          }
          if (files.length > 1)
            shell.output.notice(say('notice.filesSummary', { count: files.length - failed, failed }));
          return worst;
        });
      }),
    );
}

/** @throws VigieError `export-failed` */
function makeOutFolder(outDir: string, formats: readonly ExportFormat[]): void {
  try {
    makeFolder(outDir);
  } catch (error) {
    throw exportFailure(formats[0] ?? 'txt', error);
  }
}

/** One file from sound to exports. Exports are written only when all of it was heard: nothing half-done is left beside it. */
async function transcribeFile(
  shell: Shell,
  connection: Connection,
  input: Pick<WatchInput, 'source' | 'language' | 'model' | 'caseId'>,
  target: { outDir: string; name: string; formats: ExportFormat[] },
  tell: (event: OutputEvent) => void,
): Promise<VigieError | null> {
  const { output, world } = shell;
  try {
    const source = sourceReference(input.source, world.cwd);
    if (source === '-') throw new VigieError('source-unsupported', { source: '-', detail: 'vigie watch -' });
    // The transcript itself goes into the files; a person sees how far it is, a program sees everything.
    const watched = await watchLive(shell, connection, { ...input, source, speed: 'max' }, tell);
    output.event(watched.end);
    if (watched.failure) return watched.failure;
    if (shell.interrupts.pressed) return new VigieError('cancelled', {});
    for (const format of target.formats) {
      try {
        const file = path.join(target.outDir, `${target.name}.${format}`);
        output.event(
          exportEvent(await writeExport(shell, connection, { liveId: watched.live.id, format, path: file })),
        );
      } catch (error) {
        throw exportFailure(format, error);
      }
    }
    if (watched.end.failed > 0)
      return new VigieError('speech-failed', {
        reason: 'refused',
        detail: `${watched.end.failed}/${watched.end.segments}`,
      });
    return null;
  } catch (error) {
    const failure = asFailure(error);
    // Without an engine there is nothing to go on with.
    if (failure.code === 'engine-stopped' || failure.code === 'internal') throw error;
    return failure;
  }
}
