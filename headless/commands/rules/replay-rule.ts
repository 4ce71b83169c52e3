import { VigieError } from '#shared/errors.ts';
import type { EngineClient } from '#shared/contract/index.ts';
import type { Rule } from '#shared/model/rule.ts';
import { numberText } from '../../output/figures.ts';
import type { RuleReplayEvent } from '../../output/rule-events.ts';
import type { Shell } from '../shell.ts';

/** Tries a version of a rule on what was heard, and tells what it would have done; the first Ctrl-C stops it. @throws VigieError `cancelled` */
export async function replayRule(
  shell: Shell,
  client: EngineClient,
  rule: Rule,
  { version, liveId, hits }: { version: number; liveId: string | undefined; hits: boolean },
): Promise<void> {
  const { output } = shell;
  const { say } = output;
  const figure = (value: number) => numberText(value, say.locale);
  const stop = new AbortController();
  shell.interrupts.onFirst(() => stop.abort(new VigieError('cancelled', {})));
  try {
    const of = { ruleId: rule.id, version };
    for await (const news of await client.rules.replay({ of, liveId }, { signal: stop.signal })) {
      if (news.type === 'progress') {
        const { done, total, matched } = news;
        output.progress(say('rules.replaying', { done: figure(done), total: figure(total), matched: figure(matched) }));
      } else if (news.type === 'hit') {
        if (hits)
          output.event({ type: 'rule-hit', ruleId: rule.id, outcome: null, version: null, at: null, ...news.hit });
      } else {
        const { type: _type, done: _done, ...found } = news;
        const event: Omit<RuleReplayEvent, 'message'> = {
          type: 'rule-replay',
          ruleId: rule.id,
          version,
          whole: liveId === undefined,
          ...found,
        };
        output.progress(null);
        output.event({ ...event, message: replaySentence(shell, rule, found) });
      }
    }
  } finally {
    output.progress(null);
  }
}

function replaySentence(
  { output: { say } }: Shell,
  rule: Rule,
  { total, matched, already, lives }: { total: number; matched: number; already: number; lives: number },
): string {
  if (total === 0) return say('rules.nothingHeard');
  const values = { total: numberText(total, say.locale), matched: numberText(matched, say.locale) };
  const found = say(`rules.replayed.${rule.definition.effect}`, { count: matched, ...values });
  const where = matched === 0 ? '' : ` ${say('rules.replayedWhere', { count: lives, already })}`;
  return `${found}${where}`;
}
