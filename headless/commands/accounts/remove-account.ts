import type { Command } from 'commander';
import { newId } from '#shared/ids.ts';
import type { Watch } from '#shared/model/watch.ts';
import { accountEvent } from '../../output/account-events.ts';
import { exitCodes } from '../exit-codes.ts';
import { argument, type Registrar } from '../registrar.ts';
import { withEngine } from '../shell.ts';
import { idValue } from '../values.ts';
import { findAccount } from './find-account.ts';

/** Stops following. Lives heard so far stay, and the way back is told. */
export function removeAccount({ say, command, action }: Registrar, group: Command): void {
  command('remove', ['accounts remove @lea'], group)
    .addArgument(argument(say, '<account...>', 'accountsFollowed'))
    .action(
      action<[string[]], object>((shell, [typed]) =>
        withEngine(shell, {}, async ({ client }) => {
          const watches: Watch[] = [];
          for (const one of typed) watches.push(await findAccount(client, one));
          for (const watch of watches) {
            await client.watches.remove({ watchId: watch.id, commandId: newId(shell.world.now()) });
            shell.output.event(accountEvent({ ...watch, nextCheckAt: null }, 'removed'));
          }
          const data = shell.dataDirGiven ? ` --data ${shell.dataDir}` : '';
          const ids = watches.map(({ id }) => id).join(' ');
          shell.output.line(shell.output.style.dim(say('accounts.undoHint', { ids, data })));
          return exitCodes.ok;
        }),
      ),
    );
}

export function restoreAccount({ say, command, action }: Registrar, group: Command): void {
  command('restore', ['accounts restore 0198f0c2-…'], group)
    .addArgument(argument(say, '<watch-id...>', 'removedAccounts', readEach(idValue(say))))
    .action(
      action<[string[]], object>((shell, [ids]) =>
        withEngine(shell, {}, async ({ client }) => {
          for (const watchId of ids) {
            const watch = await client.watches.restore({ watchId, commandId: newId(shell.world.now()) });
            shell.output.event(accountEvent(watch, 'restored'));
          }
          return exitCodes.ok;
        }),
      ),
    );
}

/** commander calls the reader of a repeated argument once for each, with what was read so far. */
const readEach =
  <T>(read: (value: string) => T) =>
  (value: string, before?: T[]): T[] => [...(before ?? []), read(value)];
