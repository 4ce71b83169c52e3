import path from 'node:path';
import type { Command } from 'commander';
import { exitCodes } from './exit-codes.ts';
import type { Registrar } from './registrar.ts';
import { withEngine } from './shell.ts';

export function modelsCommand({ say, command, action }: Registrar): Command {
  return command('models', ['models', 'models --json']).action(
    action<[], object>((shell) =>
      withEngine(shell, {}, async ({ client }) => {
        const { items } = await client.system.models();
        for (const model of items) shell.output.event({ type: 'model', ...model });
        if (items.length === 0) shell.output.notice(say('list.noModels', { path: path.join(shell.dataDir, 'models') }));
        return exitCodes.ok;
      }),
    ),
  );
}
