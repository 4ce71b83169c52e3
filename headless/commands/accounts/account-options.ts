import path from 'node:path';
import type { Command } from 'commander';
import { type SpokenLanguage, languages } from '#shared/model/live.ts';
import { type WatchPolicy, watchPolicies } from '#shared/model/watch.ts';
import type { Say } from '../../i18n/index.ts';
import { modelReference } from '../environment.ts';
import { option } from '../registrar.ts';
import { oneOf } from '../values.ts';

/** The words of a priority, at the place of the number that the engine stores. */
export const priorities = ['urgent', 'normal', 'low'] as const;
export type Priority = (typeof priorities)[number];

/** What is typed for a choice that can also be taken back. */
export const none = 'none';

export type AccountOptions = {
  policy?: WatchPolicy;
  priority?: Priority;
  case?: string;
};

/** `--policy`, `--priority` and `--case`, as `add` and `set` take them. */
export function withAccountOptions(say: Say, command: Command): Command {
  return command
    .addOption(option(say, '--policy <policy>', 'policy', oneOf(say, '--policy', watchPolicies)))
    .addOption(option(say, '--priority <priority>', 'priority', oneOf(say, '--priority', priorities)))
    .addOption(option(say, '--case <case>', 'case'));
}

export const priorityNumber = (priority: Priority | undefined): number | undefined =>
  priority === undefined ? undefined : priorities.indexOf(priority);

/** `--language` and `--model` of an account, where `none` gives the choice back to the settings. */
export type SpeechOptions = { language?: SpokenLanguage | typeof none; model?: string };

export function withSpeechOptions(say: Say, command: Command): Command {
  return command
    .addOption(option(say, '--language <code>', 'languageOrNone', oneOf(say, '--language', [...languages, none])))
    .addOption(option(say, '--model <model>', 'modelOrNone'));
}

export function speechChoices({ language, model }: SpeechOptions, cwd: string) {
  return {
    ...(language === undefined ? {} : { language: language === none ? null : language }),
    ...(model === undefined ? {} : { model: model === none ? null : modelReference(model, path.resolve(cwd)) }),
  };
}
