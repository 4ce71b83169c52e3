import type { Command } from 'commander';
import { newId } from '#shared/ids.ts';
import { accountEvent, refusedEvent } from '../../output/account-events.ts';
import { findCase } from '../cases/find-case.ts';
import { exitCodes } from '../exit-codes.ts';
import { argument, type Registrar } from '../registrar.ts';
import { withEngine } from '../shell.ts';
import { type AccountOptions, priorityNumber, withAccountOptions } from './account-options.ts';

/** Follows accounts; each that cannot be followed is told with its reason and does not stop the others. */
export function addAccount({ say, command, action }: Registrar, group: Command): void {
  withAccountOptions(
    say,
    command(
      'add',
      ['accounts add @lea marc_42', 'accounts add "$(cat comptes.txt)" --policy notify --priority low'],
      group,
    ).addArgument(argument(say, '<account...>', 'accountsToAdd')),
  ).action(
    action<[string[]], AccountOptions>((shell, [typed], options) =>
      withEngine(shell, {}, async ({ client }) => {
        const { added, refused } = await client.watches.add({
          text: typed.join('\n'),
          policy: options.policy,
          priority: priorityNumber(options.priority),
          caseId: options.case === undefined ? undefined : (await findCase(client, options.case)).id,
          commandId: newId(shell.world.now()),
        });
        for (const watch of added) shell.output.event(accountEvent(watch, 'added'));
        for (const one of refused) shell.output.event(refusedEvent(one, say));
        if (added.length > 0) shell.output.notice(say('accounts.addedNext', { count: added.length }));
        return refused.some(({ reason }) => reason !== 'already-followed') ? exitCodes.source : exitCodes.ok;
      }),
    ),
  );
}
