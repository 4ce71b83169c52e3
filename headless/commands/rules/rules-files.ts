import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { newId } from '#shared/ids.ts';
import { VigieError } from '#shared/errors.ts';
import { ruleLimits } from '#shared/model/rule.ts';
import { bankEvent, ruleEvent } from '../../output/rule-events.ts';
import { exitCodes } from '../exit-codes.ts';
import { argument, option, type Registrar } from '../registrar.ts';
import { withEngine } from '../shell.ts';
import { findRule, ruleNames } from './find-rule.ts';

export function importRules({ say, command, action }: Registrar, group: Command): void {
  command('import', ['rules import menaces.yml'], group)
    .addArgument(argument(say, '<file>', 'rulesFile'))
    .action(
      action<[string], object>((shell, [typed]) =>
        withEngine(shell, {}, async ({ client }) => {
          const text = await textOf(path.resolve(shell.world.cwd, typed), typed);
          const taken = await client.rules.import({ text, commandId: newId(shell.world.now()) });
          const [names, banks] = [await ruleNames(client), (await client.rules.banks()).items];
          for (const { id, done } of taken.banks) {
            const bank = banks.find((one) => one.id === id);
            if (bank) shell.output.event(bankEvent(bank, done));
          }
          for (const { id: ruleId, done } of taken.rules)
            shell.output.event(ruleEvent((await client.rules.get({ ruleId })).rule, done, names));
          shell.output.notice(say('rules.importedNext'));
          return exitCodes.ok;
        }),
      ),
    );
}

export function exportRules({ say, command, action }: Registrar, group: Command): void {
  command('export', ['rules export > regles.yml', 'rules export "Menaces" --out menaces.yml'], group)
    .addArgument(argument(say, '[rule...]', 'rule'))
    .addOption(option(say, '--out <file>', 'rulesOut'))
    .action(
      action<[string[]], { out?: string }>((shell, [typed], { out }) =>
        withEngine(shell, {}, async ({ client }) => {
          const chosen: string[] = [];
          for (const one of typed) chosen.push((await findRule(client, one)).id);
          const { text } = await client.rules.export(chosen.length === 0 ? {} : { ruleIds: chosen });
          if (out === undefined) shell.output.event({ type: 'rules-file', path: null, text });
          else {
            const target = path.resolve(shell.world.cwd, out);
            await writeFile(target, text).catch((cause: NodeJS.ErrnoException) => {
              throw new VigieError('export-failed', { format: 'YAML', detail: cause.code ?? cause.message }, { cause });
            });
            shell.output.event({ type: 'rules-file', path: target, text: null });
          }
          return exitCodes.ok;
        }),
      ),
    );
}

/** @throws VigieError `source-not-found`, `source-is-directory`, `source-unreadable`, `too-large` */
async function textOf(file: string, typed: string): Promise<string> {
  try {
    if ((await stat(file)).size > 4 * ruleLimits.fileChars)
      throw new VigieError('too-large', { what: typed, limitBytes: ruleLimits.fileChars });
    const text = await readFile(file, 'utf8');
    if (text.length > ruleLimits.fileChars)
      throw new VigieError('too-large', { what: typed, limitBytes: ruleLimits.fileChars });
    return text;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new VigieError('source-not-found', { source: typed }, { cause });
    if (code === 'EISDIR') throw new VigieError('source-is-directory', { source: typed }, { cause });
    if (code === undefined || cause instanceof VigieError) throw cause;
    throw new VigieError('source-unreadable', { source: typed, detail: code }, { cause });
  }
}
