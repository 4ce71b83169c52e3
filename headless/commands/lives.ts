import type { Command } from 'commander';
import { type LiveState, liveStates } from '#shared/model/live.ts';
import type { LiveEvent } from '../output/events.ts';
import { clockTime, momentText, scoreText } from '../output/figures.ts';
import { liveEvent } from '../output/from-model.ts';
import { neutralise } from '../output/neutralise.ts';
import type { Output } from '../output/output.ts';
import { exitCodes } from './exit-codes.ts';
import { option, type Registrar } from './registrar.ts';
import { withEngine } from './shell.ts';
import { oneOf, whole } from './values.ts';

export function livesCommand({ say, command, action }: Registrar): Command {
  return command('lives', ['lives', 'lives --state en_cours --json'])
    .addOption(option(say, '--state <state>', 'state', oneOf(say, '--state', liveStates)))
    .addOption(option(say, '--limit <n>', 'limit', whole(say, '--limit', 1, 500), 100))
    .action(
      action<[], { state?: LiveState; limit: number }>((shell, _args, { state, limit }) =>
        withEngine(shell, {}, async ({ client }) => {
          const { items, next } = await client.lives.list({ states: state && [state], limit });
          for (const live of items) {
            if (shell.output.json) shell.output.event(liveEvent(live));
            else for (const line of livesLines(liveEvent(live), shell.output)) shell.output.line(line);
          }
          if (items.length === 0) shell.output.notice(say('list.noLives'));
          if (next !== null) shell.output.notice(say('list.more', { limit: Math.min(500, limit * 2) }));
          return exitCodes.ok;
        }),
      ),
    );
}

/** A live as a row of the list: more than the line that opens a transcript. */
function livesLines(event: LiveEvent, { say, style }: Output): string[] {
  const { segments, alerts, pendingAlerts: pending } = event;
  const figures = say('list.livesLine', { segments, alerts, pending, sound: clockTime(event.capturedMs) });
  const risk = event.maxScore === null ? '' : ` · ${say('list.max')} ${scoreText(event.maxScore)}`;
  const who = event.account ? ` · ${neutralise(event.account)}` : '';
  return [
    `${style.strong(neutralise(event.title))}${who} · ${say(`liveState.${event.state}`)} · ${momentText(event.startedAt, say.locale)}`,
    `  ${figures}${risk}`,
    style.dim(`  ${event.liveId}`),
  ];
}
