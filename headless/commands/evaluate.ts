import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { mostCaseCharacters } from '#shared/contract/evaluations.ts';
import { VigieError } from '#shared/errors.ts';
import { evaluationEngines, evaluationLanguages } from '#shared/model/evaluation.ts';
import type { Evaluation } from '#shared/model/evaluation.ts';
import { evaluationEvent } from '../output/evaluation-events.ts';
import { exitCodes } from './exit-codes.ts';
import { argument, option, type Registrar } from './registrar.ts';
import { withEngine } from './shell.ts';
import { oneOf } from './values.ts';

type Options = { engine: Evaluation['engine']; language: Evaluation['language']; misses?: boolean };

/** How good an analyser is on labelled cases; the figures are kept, the cases are not. */
export function evaluateCommand({ say, command, action }: Registrar): Command {
  return command('evaluate', ['evaluate cas.csv --language fr', 'evaluate cas.csv --misses', 'evaluate cas.csv --json'])
    .addArgument(argument(say, '<cases.csv>', 'labelledCases'))
    .addOption(
      option(say, '--engine <name>', 'analysisEngine', oneOf(say, '--engine', evaluationEngines), 'embedded' as const),
    )
    .addOption(
      option(say, '--language <code>', 'caseLanguage', oneOf(say, '--language', evaluationLanguages), 'auto' as const),
    )
    .addOption(option(say, '--misses', 'misses'))
    .action(
      action<[string], Options>((shell, [file], { engine, language, misses: asked = false }) =>
        withEngine(shell, {}, async ({ client }) => {
          const stop = new AbortController();
          shell.interrupts.onFirst(() => stop.abort(new VigieError('cancelled', {})));
          const csv = await casesIn(path.resolve(shell.world.cwd, file), file);
          const request = { name: path.basename(file), csv, engine, language };
          const { evaluation, misses } = await client.evaluations.run(request, { signal: stop.signal });
          shell.output.event(evaluationEvent(evaluation));
          if (asked) for (const miss of misses) shell.output.event({ type: 'evaluation-miss', ...miss });
          return exitCodes.ok;
        }),
      ),
    );
}

/** @throws VigieError `source-not-found`, `source-is-directory`, `source-unreadable`, `too-large` */
async function casesIn(file: string, typed: string): Promise<string> {
  const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') throw new VigieError('source-not-found', { source: typed }, { cause });
    if (cause.code === 'EISDIR') throw new VigieError('source-is-directory', { source: typed }, { cause });
    throw new VigieError('source-unreadable', { source: typed, detail: cause.code ?? cause.message }, { cause });
  });
  if (bytes.length > mostCaseCharacters)
    throw new VigieError('too-large', { what: typed, limitBytes: mostCaseCharacters });
  return bytes.toString('utf8');
}
