import type { Command } from 'commander';
import { type AlertStatus, alertStatuses } from '#shared/model/alert.ts';
import { alertEvent } from '../output/from-model.ts';
import { exitCodes } from './exit-codes.ts';
import { option, type Registrar } from './registrar.ts';
import { withEngine } from './shell.ts';
import { idValue, oneOf, whole } from './values.ts';

export function alertsCommand({ say, command, action }: Registrar): Command {
  return command('alerts', ['alerts --status pending', 'alerts --json | jq -r .alertId'])
    .addOption(option(say, '--status <status>', 'status', oneOf(say, '--status', alertStatuses)))
    .addOption(option(say, '--live <live-id>', 'live', idValue(say)))
    .addOption(option(say, '--limit <n>', 'limit', whole(say, '--limit', 1, 500), 100))
    .action(
      action<[], { status?: AlertStatus; live?: string; limit: number }>(
        (shell, _args, { status, live: liveId, limit }) =>
          withEngine(shell, {}, async ({ client }) => {
            const { items, next } = await client.alerts.list({ status, liveId, limit });
            for (const alert of items) shell.output.event(alertEvent(alert, null, say));
            if (items.length === 0) shell.output.notice(say('list.noAlerts'));
            if (next !== null) shell.output.notice(say('list.more', { limit: Math.min(500, limit * 2) }));
            return exitCodes.ok;
          }),
      ),
    );
}
