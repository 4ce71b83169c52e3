import type { Command } from 'commander';
import { newId } from '#shared/ids.ts';
import { accountEvent } from '../../output/account-events.ts';
import { exitCodes } from '../exit-codes.ts';
import { argument, type Registrar } from '../registrar.ts';
import { withEngine } from '../shell.ts';
import { findAccount } from './find-account.ts';

/** Puts accounts first in line. Who looks at them is the engine that runs; without one nothing is asked, and that is said. */
export function checkAccount({ say, command, action }: Registrar, group: Command): void {
  command('check', ['accounts check @lea'], group)
    .addArgument(argument(say, '<account...>', 'accountsFollowed'))
    .action(
      action<[string[]], object>((shell, [typed]) =>
        withEngine(shell, {}, async ({ client, engine }) => {
          for (const one of typed) {
            const watch = await findAccount(client, one);
            const { nextCheckAt } = await client.watches.checkSoon({
              watchId: watch.id,
              commandId: newId(shell.world.now()),
            });
            shell.output.event(accountEvent({ ...watch, nextCheckAt }, 'checking'));
          }
          if (engine) shell.output.notice(say('accounts.nobodyRuns'));
          return exitCodes.ok;
        }),
      ),
    );
}
