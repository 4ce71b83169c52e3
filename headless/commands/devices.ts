import type { Command } from 'commander';
import { exitCodes } from './exit-codes.ts';
import type { Registrar } from './registrar.ts';
import { withEngine } from './shell.ts';

export function devicesCommand({ say, command, action }: Registrar): Command {
  return command('devices', ['devices', 'watch device:pulse:default']).action(
    action<[], object>((shell) =>
      withEngine(shell, {}, async ({ client }) => {
        const { items, troubles, ffmpeg } = await client.lives.devices();
        for (const device of items) shell.output.event({ type: 'device', ...device });
        for (const { system, problem, detail } of troubles) {
          const values = { system: say(`deviceSystem.${system}`), ffmpeg, detail };
          shell.output.notice(say(`deviceProblem.${problem}`, values).trim());
        }
        return exitCodes.ok;
      }),
    ),
  );
}
