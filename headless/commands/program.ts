import { Command, type Help } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import type { Say } from '../i18n/index.ts';
import { accountsCommand } from './accounts/accounts.ts';
import { alertsCommand } from './alerts.ts';
import { casesCommand } from './cases/cases.ts';
import { decideCommand, undoCommand } from './decide.ts';
import { demoCommand } from './demo.ts';
import { devicesCommand } from './devices.ts';
import { doctorCommand } from './doctor.ts';
import { evaluateCommand } from './evaluate.ts';
import { exitCodes } from './exit-codes.ts';
import { exportCommand } from './export.ts';
import { foldersCommand } from './folders/folders.ts';
import { catchUpCommand, pauseCommand, resumeCommand } from './lanes.ts';
import { livesCommand } from './lives.ts';
import { modelsCommand } from './models.ts';
import { option, type Registrar } from './registrar.ts';
import { correctCommand, noteCommand, notesCommand } from './notes.ts';
import { rulesCommand } from './rules/rules.ts';
import { searchCommand } from './search.ts';
import { serveCommand } from './serve.ts';
import { transcribeCommand } from './transcribe.ts';
import { watchCommand } from './watch.ts';

const declarations = [
  demoCommand,
  serveCommand,
  watchCommand,
  transcribeCommand,
  accountsCommand,
  foldersCommand,
  casesCommand,
  livesCommand,
  catchUpCommand,
  pauseCommand,
  resumeCommand,
  searchCommand,
  notesCommand,
  noteCommand,
  correctCommand,
  exportCommand,
  alertsCommand,
  decideCommand,
  undoCommand,
  rulesCommand,
  evaluateCommand,
  devicesCommand,
  doctorCommand,
  modelsCommand,
];

/**
 * The command line as commander knows it, worded in one language. Parsing throws: VigieError `bad-input` for wrong values,
 * CommanderError for the rest.
 */
export function createProgram(
  say: Say,
  action: Registrar['action'],
  sinks: { out(text: string): void; columns: number },
): Command {
  const program = new Command('vigie')
    .description(say('help.program'))
    .version(packageJson.version, '-V, --version', say('help.versionOption'))
    .helpCommand('help [command]', say('help.helpCommand'))
    .usage(`${say('help.optionsWord')} ${say('help.commandWord')}`)
    .addHelpText('after', () => epilogue(say));
  const common = (command: Command) =>
    command
      .addOption(option(say, '--data <dir>', 'data').helpGroup(say('help.title.common')))
      .addOption(option(say, '--json', 'json').helpGroup(say('help.title.common')))
      .addOption(option(say, '--locale <code>', 'locale').choices(['fr', 'en']).helpGroup(say('help.title.common')));

  const settle = (command: Command) =>
    command
      .helpOption('-h, --help', say('help.helpOption'))
      .exitOverride()
      .configureHelp(worded(say))
      .configureOutput({ writeOut: sinks.out, writeErr: () => undefined, getOutHelpWidth: () => sinks.columns });

  common(settle(program));
  const declare: Registrar['command'] = (name, examples, under) => {
    const summary = say(`help.commands.${under ? `${under.name()}-` : ''}${name}`);
    const typed = examples.map((example) => `  ${example.includes('vigie ') ? example : `vigie ${example}`}`);
    const made = (under ?? program).command(name, { isDefault: under !== undefined && name === 'list' });
    return settle(made.summary(summary).description(summary)).addHelpText(
      'after',
      `\n${say('help.examples')}\n${typed.join('\n')}`,
    );
  };
  for (const declaration of declarations) {
    const declared = declaration({ say, action, command: declare });
    // After the command's own, so that help shows those first.
    for (const each of [declared, ...declared.commands]) common(each);
  }
  return program;
}

/** commander's own words, said in the language of the user. */
function worded(say: Say): Partial<Help> {
  const titles: Record<string, string> = {
    'Usage:': say('help.title.usage'),
    'Arguments:': say('help.title.arguments'),
    'Options:': say('help.title.options'),
    'Commands:': say('help.title.commands'),
  };
  return {
    styleTitle: (title) => titles[title] ?? title,
    styleUsage: (usage) =>
      usage.replace('[options]', say('help.optionsWord')).replace('[command]', say('help.commandWord')),
    optionDescription(option) {
      const extra = [
        ...(option.argChoices ? [say('help.choicesWord', { choices: option.argChoices })] : []),
        ...(option.defaultValue === undefined
          ? []
          : [say('help.defaultWord', { value: option.defaultValueDescription ?? String(option.defaultValue) })]),
      ];
      return extra.length > 0 ? `${option.description} (${extra.join(' ; ')})` : option.description;
    },
  };
}

const variables = ['VIGIE_DATA', 'WHISPER_MODEL', 'WHISPER_LANGUAGE', 'RISK_THRESHOLD', 'NO_COLOR'];

/** What stands under the list of commands: examples, exit codes, environment. */
function epilogue(say: Say): string {
  const rows = (entries: readonly (readonly [string, string])[]) => {
    const width = Math.max(...entries.map(([name]) => name.length));
    return entries.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`).join('\n');
  };
  const codes = [...new Set<number>(Object.values(exitCodes))].map(
    (code) => [String(code), say(`help.exit.${code}`)] as const,
  );
  return [
    '',
    say('help.examples'),
    '  vigie demo',
    '  vigie watch live.mp4 --language fr',
    '  vigie watch https://example.org/live.m3u8 --json | jq -r \'select(.type == "alert") | .text\'',
    '  vigie transcribe *.mp3 --format srt,pdf --out transcripts',
    '  vigie alerts --status pending',
    '',
    say('help.environment'),
    rows(variables.map((name) => [name, say(`help.env.${name}`)] as const)),
    '',
    say('help.exitCodes'),
    rows(codes),
    '',
    say('help.more'),
  ].join('\n');
}
