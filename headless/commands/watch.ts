import path from 'node:path';
import { assertNever, VigieError } from '#shared/errors.ts';
import { languages, type SpokenLanguage } from '#shared/model/live.ts';
import { parseSource, type ResolverTool, resolverTools, type SourceChoices } from '#shared/model/source.ts';
import type { Command } from 'commander';
import { findCase } from './cases/find-case.ts';
import { modelReference } from './environment.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { argument, option, type Registrar } from './registrar.ts';
import { oneOf } from './values.ts';
import { afterFirstLive, modelNotice } from './speech-notice.ts';
import { watchLive } from './watch-live.ts';
import { withEngine } from './shell.ts';

type Options = {
  language?: SpokenLanguage;
  model?: string;
  speed?: '1' | 'max';
  title?: string;
  account?: string;
  case?: string;
  allowPrivate?: boolean;
  allowProtocol?: boolean;
  resolver?: ResolverTool;
  force?: boolean;
  tentative?: boolean;
  dropAudio?: boolean;
};

export function watchCommand({ say, command, action }: Registrar): Command {
  return command('watch', [
    'watch live.mp4',
    'watch https://example.org/live/playlist.m3u8 --language fr --title "Direct"',
    'watch rtmp://example.org/live/stream --allow-protocol',
    'watch device:pulse:default',
    'ffmpeg -i live.mkv -f wav - | vigie watch - --json',
  ])
    .addArgument(argument(say, '<source>', 'source'))
    .addOption(option(say, '--language <code>', 'language', oneOf(say, '--language', languages)))
    .addOption(option(say, '--model <model>', 'model'))
    .addOption(option(say, '--speed <pace>', 'speed', oneOf(say, '--speed', ['1', 'max']), 'max' as const))
    .addOption(option(say, '--title <text>', 'title'))
    .addOption(option(say, '--account <name>', 'account'))
    .addOption(option(say, '--case <case>', 'liveCase'))
    .addOption(option(say, '--allow-private', 'allowPrivate'))
    .addOption(option(say, '--allow-protocol', 'allowProtocol'))
    .addOption(option(say, '--resolver <program>', 'resolver', oneOf(say, '--resolver', resolverTools)))
    .addOption(option(say, '--drop-audio', 'dropAudioOfLive'))
    .addOption(option(say, '--force', 'force'))
    .addOption(option(say, '--tentative', 'tentative'))
    .action(
      action<[string], Options>(async (shell, [typed], options) => {
        const { cwd, stdin } = shell.world;
        const { allowPrivate = false, allowProtocol = false, resolver } = options;
        const source = sourceReference(typed, cwd, { allowPrivate, allowProtocol, resolver });
        return await withEngine(shell, { door: true, ownEngineOnly: source === '-' }, async (connection) => {
          const settings = await connection.client.system.settings();
          if (source === '-') connection.engine?.standardInput(stdin);
          const input = {
            source,
            title: options.title,
            account: options.account,
            caseId: options.case === undefined ? undefined : (await findCase(connection.client, options.case)).id,
            language: options.language ?? shell.overrides.language ?? settings.language,
            model: options.model === undefined ? shell.overrides.model : modelReference(options.model, cwd),
            speed: options.speed,
            allowPrivate,
            allowProtocol,
            resolver,
            keepAudio: options.dropAudio !== true,
            force: options.force,
          };
          const notice = await modelNotice(shell.output, connection.client, input.model);
          const tell = afterFirstLive(shell.output, notice, (event) => shell.output.event(event));
          const { end, failure } = await watchLive(shell, connection, input, tell, {
            tentative: options.tentative,
          });
          shell.output.event(end);
          if (failure) {
            shell.output.failure(failure, { liveId: end.liveId });
            return exitCodeOf(failure.code);
          }
          if (shell.interrupts.pressed) return exitCodes.interrupted;
          return end.failed > 0 ? exitCodes.speech : exitCodes.ok;
        });
      }),
    );
}

/**
 * What was typed, as the engine takes it, which may run in another folder: file paths become absolute.
 * @throws VigieError `source-unsupported`, `protocol-not-allowed`
 */
export function sourceReference(typed: string, cwd: string, choices: SourceChoices = { allowPrivate: false }): string {
  const parsed = parseSource(typed, choices);
  if ('problem' in parsed) {
    if (parsed.problem === 'protocol')
      throw new VigieError('protocol-not-allowed', { scheme: typed.trim().split(':')[0] ?? '' });
    throw new VigieError('source-unsupported', { source: typed, detail: parsed.problem });
  }
  switch (parsed.source.kind) {
    case 'stdin':
      return '-';
    case 'tiktok':
      return `@${parsed.source.handle}`;
    case 'file':
      return path.resolve(cwd, parsed.source.path);
    case 'url':
    case 'protocol':
    case 'external':
      return parsed.source.url;
    case 'device':
      return typed.trim();
    default:
      return assertNever(parsed.source);
  }
}
