import type { Command } from 'commander';
import { newId } from '#shared/ids.ts';
import type { Watch } from '#shared/model/watch.ts';
import type { AccountEvent } from '../../output/account-events.ts';
import { accountEvent } from '../../output/account-events.ts';
import { findCase } from '../cases/find-case.ts';
import { exitCodes } from '../exit-codes.ts';
import { argument, type Registrar } from '../registrar.ts';
import { badInput, type Shell, withEngine } from '../shell.ts';
import {
  type AccountOptions,
  none,
  priorityNumber,
  speechChoices,
  type SpeechOptions,
  withAccountOptions,
  withSpeechOptions,
} from './account-options.ts';
import { findAccount } from './find-account.ts';

type Client = Parameters<typeof findAccount>[0];
type Patch = Parameters<Client['watches']['change']>[0]['patch'];

/** Policy, priority, case, language and model of accounts. */
export function setAccount({ say, command, action }: Registrar, group: Command): void {
  const examples = ['accounts set @lea --priority urgent', 'accounts set @lea @marc --policy keep-audio --case none'];
  withSpeechOptions(
    say,
    withAccountOptions(
      say,
      command('set', examples, group).addArgument(argument(say, '<account...>', 'accountsFollowed')),
    ),
  ).action(
    action<[string[]], AccountOptions & SpeechOptions>((shell, [typed], options) =>
      withEngine(shell, {}, async ({ client }) => {
        const priority = priorityNumber(options.priority);
        const patch: Patch = {
          ...(options.policy === undefined ? {} : { policy: options.policy }),
          ...(priority === undefined ? {} : { priority }),
          ...(options.case === undefined
            ? {}
            : { caseId: options.case === none ? null : (await findCase(client, options.case)).id }),
          ...speechChoices(options, shell.world.cwd),
        };
        if (Object.keys(patch).length === 0) throw badInput(say('accounts.nothingToSet'));
        return await changeEach(shell, client, typed, patch, 'changed');
      }),
    ),
  );
}

export const pauseAccount = (registrar: Registrar, group: Command): void => pausing(registrar, group, 'pause', true);
export const resumeAccount = (registrar: Registrar, group: Command): void => pausing(registrar, group, 'resume', false);

function pausing({ say, command, action }: Registrar, group: Command, name: 'pause' | 'resume', paused: boolean): void {
  command(name, [`accounts ${name} @lea`], group)
    .addArgument(argument(say, '<account...>', 'accountsFollowed'))
    .action(
      action<[string[]], object>((shell, [typed]) =>
        withEngine(shell, {}, ({ client }) =>
          changeEach(shell, client, typed, { paused }, paused ? 'paused' : 'resumed'),
        ),
      ),
    );
}

/** All are found before any is changed, so that a mistyped name leaves nothing half done. */
async function changeEach(shell: Shell, client: Client, typed: string[], patch: Patch, done: AccountEvent['done']) {
  const watches: Watch[] = [];
  for (const one of typed) watches.push(await findAccount(client, one));
  for (const { id: watchId } of watches) {
    const commandId = newId(shell.world.now());
    shell.output.event(accountEvent(await client.watches.change({ watchId, patch, commandId }), done));
  }
  return exitCodes.ok;
}
