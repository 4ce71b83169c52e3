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

/** What a check found, in words. The shared catalogue may word a check itself; facts without a sentence are shown as they are. */
export function checkEvent(check: Check, say: Say): CheckEvent {
  const { name, outcome, detail, fix, tookMs } = check;
  const facts = worded(detail, say);
  const shared = `doctor.${name}.${outcome}`;
  const message = say.has(shared)
    ? say(shared, facts)
    : `${say(`checks.name.${name}`)} · ${finding(check, facts, say)}`;
  const remedy = [`doctor.fix.${fix}`, `checks.fixes.${fix}`].find((key) => say.has(key));
  return { type: 'check', name, outcome, message, detail, fix, fixMessage: remedy ? say(remedy, facts) : fix, tookMs };
}

function finding({ name, detail, outcome }: Check, facts: Record<string, unknown>, say: Say): string {
  const problem =
    detail.problem ??
    (detail.measured === false ? 'capacity-unknown' : undefined) ??
    (name === 'journal' && outcome !== 'ok' ? 'journal-broken' : detail.allowed === false ? 'network-off' : undefined);
  if (problem !== undefined)
    return say.has(`checks.problems.${problem}`) ? say(`checks.problems.${problem}`, facts) : String(problem);
  if (detail.unused !== undefined) return say(`cardUnused.${detail.unused}`, facts);
  if (say.has(`checks.says.${name}`)) return say(`checks.says.${name}`, facts);
  return Object.entries(facts)
    .map(([key, value]) => `${key} ${String(value)}`)
    .join(', ');
}

function worded(detail: Check['detail'], say: Say): Record<string, unknown> {
  const words = (group: string, value: unknown) =>
    say.has(`${group}.${String(value)}`) ? say(`${group}.${String(value)}`) : value;
  return Object.fromEntries(
    Object.entries(detail).map(([key, value]) => {
      if (key.endsWith('Bytes')) return [key, sizeText(Number(value), say.locale)];
      if (key === 'worker' || key === 'device') return [key, words(key, value)];
      return [key, value];
    }),
  );
}
