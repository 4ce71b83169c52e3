import { Argument, type Command, Option } from 'commander';
import type { Say } from '../i18n/index.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Shell } from './shell.ts';

/** What every command shares. */
export type CommonOptions = { data?: string; json?: boolean; locale?: string };

export type Run<A extends unknown[], O> = (shell: Shell, args: A, options: O) => Promise<ExitCode>;

/** What a command's file gets to declare itself with. */
export type Registrar = {
  say: Say;
  /**
   * A command with its summary (`help.commands.<name>`) and its examples, each as typed after `vigie`. `under`: the group it
   * belongs to (`help.commands.<group>-<name>`); the one called `list` is what the group does when no other is named.
   */
  command(name: string, examples: readonly string[], under?: Command): Command;
  /** What the command does; its exit code becomes the program's. */
  action<A extends unknown[], O>(run: Run<A, O>): (...given: unknown[]) => Promise<void>;
};

export function option<T>(
  say: Say,
  flags: string,
  key: string,
  read?: (value: string) => T,
  preset?: T,
  presetText?: string,
): Option {
  const made = new Option(flags, say(`help.options.${key}`));
  if (read) made.argParser(read);
  return preset === undefined ? made : made.default(preset, presetText ?? String(preset));
}

/** `name` as commander writes it: `<source>`, `<file...>`. */
export function argument<T>(say: Say, name: string, key: string, read?: (value: string) => T): Argument {
  const made = new Argument(name, say(`help.arguments.${key}`));
  return read ? made.argParser(read) : made;
}
