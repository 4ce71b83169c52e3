import path from 'node:path';
import type { Command } from 'commander';
import type { EngineClient } from '#shared/contract/index.ts';
import { newId } from '#shared/ids.ts';
import { sizeText } from '../output/figures.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { followArrival } from './follow-arrival.ts';
import { argument, type Registrar } from './registrar.ts';
import { badInput, type Shell, withEngine } from './shell.ts';
import { oneOf } from './values.ts';

const actions = ['list', 'download', 'import', 'delete'] as const;
type Action = (typeof actions)[number];

export function modelsCommand({ say, command, action }: Registrar): Command {
  return command('models', [
    'models',
    'models download small',
    'models import /media/usb/ggml-small.bin',
    'models delete small',
    'models list --json',
  ])
    .addArgument(argument(say, '[action]', 'modelsAction', oneOf(say, 'models', actions)))
    .addArgument(argument(say, '[model]', 'modelsTarget'))
    .action(
      action<[Action | undefined, string | undefined], object>(async (shell, [asked = 'list', target]) => {
        if (asked !== 'list' && !target)
          throw badInput(say(asked === 'import' ? 'models.needsFile' : 'models.needsName', { action: asked }));
        return await withEngine(shell, {}, ({ client }) => run(shell, client, asked, target ?? ''));
      }),
    );
}

async function run(shell: Shell, client: EngineClient, action: Action, target: string): Promise<ExitCode> {
  const { output, world } = shell;
  const { say } = output;
  const commandId = newId(world.now());
  switch (action) {
    case 'list': {
      const { items, memoryBytes, freeBytes } = await client.models.list();
      for (const model of items) output.event({ type: 'model', ...model });
      output.line();
      output.line(
        say('models.machine', {
          memory: sizeText(memoryBytes, say.locale),
          free: sizeText(freeBytes, say.locale),
          path: path.join(shell.dataDir, 'models'),
        }),
      );
      return exitCodes.ok;
    }
    case 'download':
      await client.models.download({ model: target, commandId });
      return await followArrival(shell, client, target);
    case 'import': {
      const { model } = await client.models.import({ path: path.resolve(world.cwd, target), commandId });
      return await followArrival(shell, client, model);
    }
    case 'delete':
      await client.models.delete({ model: target, commandId });
      output.notice(say('models.deleted', { model: target }));
      return exitCodes.ok;
  }
}
