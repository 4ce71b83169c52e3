import type { Command } from 'commander';
import type { EngineClient } from '#shared/contract/index.ts';
import { newId } from '#shared/ids.ts';
import type { Case } from '#shared/model/case.ts';
import { type CaseEvent, caseEvent } from '../../output/case-events.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { argument, option, type Registrar } from '../registrar.ts';
import { badInput, withEngine } from '../shell.ts';
import { idValue } from '../values.ts';
import { caseChoices, type CaseOptions, withCaseOptions } from './case-options.ts';
import { findCase } from './find-case.ts';

/** Why and on what ground lives are listened to. */
export function casesCommand(registrar: Registrar): Command {
  const group = registrar.command('cases', [
    'cases',
    'cases add "Élections 2027" --purpose "propos haineux" --glossary "Léa Martin, Nouveau Front"',
    'watch live.mp4 --case "Élections 2027"',
  ]);
  for (const declare of [listCases, addCase, setCase, closeCase, reopenCase, assignLive]) declare(registrar, group);
  return group;
}

function listCases({ say, command, action }: Registrar, group: Command): void {
  command('list', ['cases list --closed --json'], group)
    .addOption(option(say, '--closed', 'closedToo'))
    .action(
      action<[], { closed?: boolean }>((shell, _args, { closed = false }) =>
        withEngine(shell, {}, async ({ client }) => {
          const { items } = await client.cases.list({ closed });
          for (const one of items) shell.output.event(caseEvent(one, null));
          if (items.length === 0) shell.output.notice(say('cases.none'));
          return exitCodes.ok;
        }),
      ),
    );
}

function addCase({ say, command, action }: Registrar, group: Command): void {
  withCaseOptions(
    say,
    command('add', ['cases add "Signalement 118" --legal-basis "DSA, art. 16"'], group).addArgument(
      argument(say, '<title>', 'caseTitle'),
    ),
  ).action(
    action<[string], CaseOptions>((shell, [title], options) =>
      withEngine(shell, {}, async ({ client }) => {
        const commandId = newId(shell.world.now());
        const made = await client.cases.create({ title, ...caseChoices(options), commandId });
        shell.output.event(caseEvent(made, 'added'));
        return exitCodes.ok;
      }),
    ),
  );
}

function setCase(registrar: Registrar, group: Command): void {
  const { say } = registrar;
  const set = onCase<CaseOptions & { title?: string }>(registrar, group, {
    name: 'set',
    examples: ['cases set "Signalement 118" --expires 2027-01-31 --glossary "Léa Martin; Nouveau Front"'],
    done: 'changed',
    change: async (client, { id: caseId }, { title, ...options }, commandId) => {
      const patch = { ...(title === undefined ? {} : { title }), ...caseChoices(options) };
      if (Object.keys(patch).length === 0) throw badInput(say('cases.nothingToSet'));
      return await client.cases.change({ caseId, patch, commandId });
    },
  });
  withCaseOptions(say, set.addOption(option(say, '--title <text>', 'caseTitle')));
}

const closeCase = (registrar: Registrar, group: Command): Command => closing(registrar, group, 'close', true);
const reopenCase = (registrar: Registrar, group: Command): Command => closing(registrar, group, 'reopen', false);

function closing(registrar: Registrar, group: Command, name: 'close' | 'reopen', closed: boolean): Command {
  return onCase(registrar, group, {
    name,
    examples: [`cases ${name} "Signalement 118"`],
    done: closed ? 'closed' : 'reopened',
    change: (client, { id: caseId }, _options, commandId) => client.cases.close({ caseId, closed, commandId }),
  });
}

/** A command that finds a case, changes it and tells what became of it. */
function onCase<O>(
  { say, command, action }: Registrar,
  group: Command,
  given: {
    name: string;
    examples: string[];
    done: CaseEvent['done'];
    change(client: EngineClient, found: Case, options: O, commandId: string): Promise<Case>;
  },
): Command {
  return command(given.name, given.examples, group)
    .addArgument(argument(say, '<case>', 'case'))
    .action(
      action<[string], O>((shell, [typed], options) =>
        withEngine(shell, {}, async ({ client }): Promise<ExitCode> => {
          const commandId = newId(shell.world.now());
          const after = await given.change(client, await findCase(client, typed), options, commandId);
          shell.output.event(caseEvent(after, given.done));
          return exitCodes.ok;
        }),
      ),
    );
}

/** Puts a live into a case, or out of any. */
function assignLive({ say, command, action }: Registrar, group: Command): void {
  command('assign', ['cases assign 0198f0c2-… "Signalement 118"', 'cases assign 0198f0c2-… none'], group)
    .addArgument(argument(say, '<live-id>', 'liveId', idValue(say)))
    .addArgument(argument(say, '<case>', 'caseOrNone'))
    .action(
      action<[string, string], object>((shell, [liveId, typed]) =>
        withEngine(shell, {}, async ({ client }) => {
          const found = typed === 'none' ? null : await findCase(client, typed);
          const caseId = found?.id ?? null;
          await client.cases.assign({ liveId, caseId, commandId: newId(shell.world.now()) });
          shell.output.event({ type: 'case-live', liveId, caseId, title: found?.title ?? null });
          return exitCodes.ok;
        }),
      ),
    );
}
