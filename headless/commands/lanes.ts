import type { Command } from 'commander';
import { newId } from '#shared/ids.ts';
import type { LaneEvent } from '../output/events.ts';
import { clockTime } from '../output/figures.ts';
import { exitCodes } from './exit-codes.ts';
import { argument, option, type Registrar } from './registrar.ts';
import { type Shell, withEngine } from './shell.ts';
import { idValue } from './values.ts';

/** Skip to live: what waits of a live goes behind what is being said now. */
export function catchUpCommand({ say, command, action }: Registrar): Command {
  return command('catch-up', ['catch-up 0198f0c2-…', 'catch-up 0198f0c2-… --undo'])
    .addArgument(argument(say, '<live-id>', 'liveId', idValue(say)))
    .addOption(option(say, '--undo', 'undoCatchUp'))
    .action(
      action<[string], { undo?: boolean }>((shell, [liveId], { undo = false }) =>
        withEngine(shell, {}, async ({ client }) => {
          const commandId = newId(shell.world.now());
          if (undo) {
            const { moved } = await client.lanes.undoCatchUp({ liveId, commandId });
            tell(
              shell,
              { done: 'catch-up-undone', liveId, moved, soundMs: null },
              say('lanes.undone', { count: moved }),
            );
          } else {
            const { moved, soundMs } = await client.lanes.catchUp({ liveId, commandId });
            const words = { count: moved, sound: clockTime(soundMs) };
            tell(
              shell,
              { done: 'catch-up', liveId, moved, soundMs },
              moved === 0 ? say('lanes.nothing') : say('lanes.caughtUp', words),
            );
          }
          return exitCodes.ok;
        }),
      ),
    );
}

export const pauseCommand = (registrar: Registrar): Command => pausing(registrar, 'pause', true);
export const resumeCommand = (registrar: Registrar): Command => pausing(registrar, 'resume', false);

/** Without a live: of every live. */
function pausing({ say, command, action }: Registrar, name: 'pause' | 'resume', paused: boolean): Command {
  return command(name, [name, `${name} 0198f0c2-…`])
    .addArgument(argument(say, '[live-id]', 'liveIdOrAll', idValue(say)))
    .action(
      action<[string | undefined], object>((shell, [liveId = null]) =>
        withEngine(shell, {}, async ({ client }) => {
          await client.lanes.pause({ liveId, paused, commandId: newId(shell.world.now()) });
          const done = paused ? 'paused' : 'resumed';
          tell(
            shell,
            { done, liveId, moved: null, soundMs: null },
            say(`lanes.${done}${liveId === null ? 'All' : ''}`),
          );
          return exitCodes.ok;
        }),
      ),
    );
}

function tell({ output }: Shell, event: Omit<LaneEvent, 'type' | 'message'>, message: string): void {
  if (output.json) output.event({ type: 'lane', ...event, message });
  else output.line(message);
}
