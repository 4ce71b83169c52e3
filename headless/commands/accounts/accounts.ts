import type { Command } from 'commander';
import { type WatchState, watchStates } from '#shared/model/watch.ts';
import { accountEvent } from '../../output/account-events.ts';
import { exitCodes } from '../exit-codes.ts';
import { option, type Registrar } from '../registrar.ts';
import { withEngine } from '../shell.ts';
import { oneOf, whole } from '../values.ts';
import { addAccount } from './add-account.ts';
import { pauseAccount, resumeAccount, setAccount } from './change-account.ts';
import { checkAccount } from './check-account.ts';
import { removeAccount, restoreAccount } from './remove-account.ts';
import { testAccount } from './test-account.ts';

/** Accounts that are followed. */
export function accountsCommand(registrar: Registrar): Command {
  const group = registrar.command('accounts', [
    'accounts',
    'accounts add @lea https://www.tiktok.com/@marc/live --policy keep-audio',
    'accounts test @lea',
  ]);
  listAccounts(registrar, group);
  for (const declare of [
    addAccount,
    setAccount,
    pauseAccount,
    resumeAccount,
    checkAccount,
    testAccount,
    removeAccount,
    restoreAccount,
  ])
    declare(registrar, group);
  return group;
}

function listAccounts({ say, command, action }: Registrar, group: Command): void {
  command('list', ['accounts list --state en_ligne', 'accounts list --json'], group)
    .addOption(option(say, '--state <state>', 'accountState', oneOf(say, '--state', watchStates)))
    .addOption(option(say, '--limit <n>', 'limit', whole(say, '--limit', 1, 5000), 2000))
    .action(
      action<[], { state?: WatchState; limit: number }>((shell, _args, { state, limit }) =>
        withEngine(shell, {}, async ({ client }) => {
          const { items, total, detection } = await client.watches.list({ states: state && [state], limit });
          for (const watch of items) shell.output.event(accountEvent(watch, null));
          if (total === 0) shell.output.notice(say('accounts.none'));
          else if (items.length === 0) shell.output.notice(say('accounts.noneLikeThat', { total }));
          if (detection.blockedUntil !== null) {
            const until = new Date(detection.blockedUntil).toLocaleString(say.locale);
            shell.output.notice(say('accounts.blocked', { until, why: say(`watchReason.${detection.blockReason}`) }));
          }
          return exitCodes.ok;
        }),
      ),
    );
}
