import type { Command } from 'commander';
import type { Check } from '#shared/model/system.ts';
import type { Say } from '../i18n/index.ts';
import type { CheckEvent } from '../output/events.ts';
import { sizeText } from '../output/figures.ts';
import { exitCodes } from './exit-codes.ts';
import type { Registrar } from './registrar.ts';
import { withEngine } from './shell.ts';

export function doctorCommand({ say, command, action }: Registrar): Command {
  return command('doctor', ['doctor', 'doctor --json']).action(
    action<[], object>((shell) =>
      withEngine(shell, {}, async ({ client }) => {
        const { checks } = await client.system.doctor();
        for (const check of checks) shell.output.event(checkEvent(check, say));
        const failed = checks.some(({ outcome }) => outcome === 'failed');
        const warned = checks.some(({ outcome }) => outcome === 'warning');
        shell.output.line();
        shell.output.line(say(failed ? 'checks.someFailed' : warned ? 'checks.someWarn' : 'checks.allWell'));
        return failed ? exitCodes.unexpected : exitCodes.ok;
      }),
    ),
  );
}

/** The shared catalogue has a sentence per check and outcome; a check it does not know yet shows its facts. */
function checkEvent(check: Check, say: Say): CheckEvent {
  const { name, outcome, detail, fix, tookMs } = check;
  const facts = Object.entries(detail).map(
    ([key, value]) => [key, key.endsWith('Bytes') ? sizeText(Number(value), say.locale) : value] as const,
  );
  const sentence = `doctor.${name}.${outcome}`;
  const message = say.has(sentence)
    ? say(sentence, Object.fromEntries(facts))
    : [say(`checks.name.${name}`), facts.map(([key, value]) => `${key} ${String(value)}`).join(', ')]
        .filter(Boolean)
        .join(' · ');
  const remedy = [`doctor.fix.${fix}`, `checks.fixes.${fix}`].find((key) => say.has(key));
  const fixMessage = remedy ? say(remedy, Object.fromEntries(facts)) : fix;
  return { type: 'check', name, outcome, message, detail, fix, fixMessage, tookMs };
}
