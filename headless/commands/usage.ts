import type { CommanderError } from 'commander';
import type { VigieError } from '#shared/errors.ts';
import type { Say } from '../i18n/index.ts';
import { badInput } from './shell.ts';

/** What commander found wrong, as `bad-input` with a sentence in the user's language; null when it only showed help. */
export function usageProblem(error: CommanderError, say: Say): VigieError<'bad-input'> | null {
  // commander puts what it is about between quotes, e.g. error: unknown option '--foo'
  const name = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const guess = /\(Did you mean (?:one of )?([^?)]+)\?\)/.exec(error.message)?.[1];
  const suggestion = guess ? ` (${say('usage.suggestion', { name: guess })})` : '';
  switch (error.code) {
    case 'commander.helpDisplayed':
    case 'commander.version':
      return null;
    case 'commander.help':
      return badInput(say('usage.missingCommand'));
    case 'commander.missingArgument':
      return badInput(say('usage.missingArgument', { name }));
    case 'commander.optionMissingArgument':
      return badInput(say('usage.missingOptionValue', { name }));
    case 'commander.missingMandatoryOptionValue':
      return badInput(say('usage.missingOption', { name }));
    case 'commander.unknownOption':
      return badInput(say('usage.unknownOption', { name }) + suggestion);
    case 'commander.unknownCommand':
      return badInput(say('usage.unknownCommand', { name }) + suggestion);
    case 'commander.excessArguments':
      return badInput(say('usage.tooMany'));
    default:
      return badInput(error.message.replace(/^error: /, ''));
  }
}
