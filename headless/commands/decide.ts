import type { Command } from 'commander';
import type { EngineClient } from '#shared/contract/index.ts';
import { VigieError } from '#shared/errors.ts';
import { newId } from '#shared/ids.ts';
import {
  type Decision,
  type DecisionReason,
  decisionReasons,
  type DecisionVerdict,
  decisionVerdicts,
} from '#shared/model/review.ts';
import type { DecisionEvent } from '../output/events.ts';
import { exitCodes } from './exit-codes.ts';
import { argument, option, type Registrar } from './registrar.ts';
import { badInput, type Shell, withEngine } from './shell.ts';
import { idValue, oneOf } from './values.ts';

type Options = { note?: string; reason?: DecisionReason; statement?: string; stopCapture?: boolean };

export function decideCommand({ say, command, action }: Registrar): Command {
  return command('decide', [
    'decide 0198f0c2-… dismiss --reason misheard',
    'decide 0198f0c2-… action --stop-capture --statement "signalé à la plateforme" --note "voir avec Léa"',
  ])
    .addArgument(argument(say, '<alert-id>', 'alertId', idValue(say)))
    .addArgument(argument(say, '<verdict>', 'verdict', oneOf(say, '<verdict>', decisionVerdicts)))
    .addOption(option(say, '--note <text>', 'note'))
    .addOption(option(say, '--reason <reason>', 'reason', oneOf(say, '--reason', decisionReasons)))
    .addOption(option(say, '--statement <text>', 'statement'))
    .addOption(option(say, '--stop-capture', 'stopCapture'))
    .action(
      action<[string, DecisionVerdict], Options>((shell, [alertId, verdict], options) => {
        if (options.stopCapture && verdict !== 'action') throw badInput(say('usage.stopWithoutAction'));
        if (options.statement !== undefined && verdict !== 'action')
          throw badInput(say('usage.statementWithoutAction'));
        return withEngine(shell, {}, async ({ client }) => {
          const { itemId } = await client.alerts.get({ alertId });
          const { version: basedOn, status, decision: earlier } = await client.review.item({ itemId });
          // The person at the terminal saw an alert that waits; answering over a colleague is undo first, then decide.
          if (status !== 'pending' && earlier) {
            throw new VigieError('already-decided', {
              by: earlier.by,
              verdict: earlier.verdict,
              at: earlier.at,
              decisionId: earlier.id,
            });
          }
          const commandId = newId(shell.world.now());
          const { decision, version } = await client.review.decide({ itemId, verdict, basedOn, commandId, ...options });
          await tell(shell, client, decision, version);
          const data = shell.dataDirGiven ? ` --data ${shell.dataDir}` : '';
          shell.output.line(shell.output.style.dim(say('decision.undoHint', { id: decision.id, data })));
          return exitCodes.ok;
        });
      }),
    );
}

export function undoCommand({ say, command, action }: Registrar): Command {
  return command('undo', ['undo 0198f0c2-…'])
    .addArgument(argument(say, '<decision-id>', 'decisionId', idValue(say)))
    .action(
      action<[string], object>((shell, [decisionId]) =>
        withEngine(shell, {}, async ({ client }) => {
          const { decision, version } = await client.review.undo({ decisionId, commandId: newId(shell.world.now()) });
          await tell(shell, client, decision, version);
          return exitCodes.ok;
        }),
      ),
    );
}

async function tell(shell: Shell, client: EngineClient, decision: Decision, version: number): Promise<void> {
  const { status, alert } = await client.review.item({ itemId: decision.itemId });
  const { id: decisionId, ...rest } = decision;
  const event: DecisionEvent = { type: 'decision', decisionId, alertId: alert.id, status, version, ...rest };
  shell.output.event(event);
}
