import type { Command } from 'commander';
import { stepEvent, testEvent } from '../../output/account-events.ts';
import { exitCodes } from '../exit-codes.ts';
import { argument, type Registrar } from '../registrar.ts';
import { withEngine } from '../shell.ts';

/** Asks the platform now and tells every question, its answer and the time it took. The account need not be followed. */
export function testAccount({ say, command, action }: Registrar, group: Command): void {
  command('test', ['accounts test @lea', 'accounts test https://www.tiktok.com/@lea/live --json'], group)
    .addArgument(argument(say, '<account>', 'account'))
    .action(
      action<[string], object>((shell, [text]) =>
        withEngine(shell, {}, async ({ client }) => {
          const { handle, steps, ...found } = await client.watches.test({ text });
          for (const step of steps) shell.output.event(stepEvent(handle, step, say));
          shell.output.event(testEvent(handle, found, say));
          return found.state === 'bloque' ? exitCodes.network : exitCodes.ok;
        }),
      ),
    );
}
