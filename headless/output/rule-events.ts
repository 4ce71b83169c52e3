import { assertNever } from '#shared/errors.ts';
import type { KeywordBank, ReplayNews, Rule, RuleCondition, RuleHit } from '#shared/model/rule.ts';
import type { HitOutcome } from '#shared/model/rule-cause.ts';
import type { Say } from '../i18n/index.ts';
import { clockTime, momentText, numberText } from './figures.ts';
import type { LineTools } from './lines.ts';
import { neutralise } from './neutralise.ts';

/** A condition with names where the engine has ids. */
export type AskedCondition = { kind: RuleCondition['kind']; not: boolean; disguised: boolean; values: string[] };

/** A rule as it was last written; `done`: what the command did to it, null in a list. `when`: and of ors. */
export type RuleEvent = {
  type: 'rule';
  ruleId: string;
  done: 'added' | 'changed' | 'same' | 'enabled' | 'disabled' | 'removed' | 'restored' | null;
  name: string;
  note: string;
  effect: Rule['definition']['effect'];
  lane: Rule['definition']['lane'];
  when: AskedCondition[][];
} & Pick<Rule, 'state' | 'version' | 'hash' | 'by' | 'changedAt' | 'createdAt' | 'running'>;

export type BankEvent = { type: 'bank'; bankId: string; done: 'added' | 'changed' | 'same' | null } & Omit<
  KeywordBank,
  'id'
>;

/** A segment that a rule matches. `outcome`, `version`, `at`: null where it is only tried on what was heard. */
export type RuleHitEvent = {
  type: 'rule-hit';
  ruleId: string;
  outcome: HitOutcome | null;
  version: number | null;
  at: number | null;
} & RuleHit;

/** What a replay found; the last line of it. `whole`: over everything that was heard. */
export type RuleReplayEvent = {
  type: 'rule-replay';
  ruleId: string;
  version: number;
  whole: boolean;
  message: string;
} & Omit<Extract<ReplayNews, { type: 'end' }>, 'type' | 'done'>;

/** One version of a rule, in `rules show`. */
export type RuleVersionEvent = {
  type: 'rule-version';
  ruleId: string;
  version: number;
  hash: string;
  by: string;
  at: number;
  when: AskedCondition[][];
};

/** How a rule answers of a text. */
export type RuleTryEvent = {
  type: 'rule-try';
  ruleId: string;
  matches: boolean;
  /** As `when` of the rule: whether each condition is met, and by which words. */
  answers: { met: boolean; quotes: string[] }[][];
  when: AskedCondition[][];
};

/** Banks and rules as a file; `text` null when it was written to `path`. */
export type RulesFileEvent = { type: 'rules-file'; path: string | null; text: string | null };

export type RulesOutput =
  | RuleEvent
  | BankEvent
  | RuleHitEvent
  | RuleReplayEvent
  | RuleVersionEvent
  | RuleTryEvent
  | RulesFileEvent;

/** Names for the ids of banks and cases. */
export type RuleNames = { bank(id: string): string; case(id: string): string };

export function askedConditions(blocks: Rule['definition']['blocks'], names: RuleNames): AskedCondition[][] {
  return blocks.map((block) =>
    block.map((condition) => ({
      kind: condition.kind,
      not: condition.not,
      disguised: 'disguised' in condition && condition.disguised,
      values: valuesOf(condition, names),
    })),
  );
}

function valuesOf(condition: RuleCondition, names: RuleNames): string[] {
  switch (condition.kind) {
    case 'words':
      return condition.terms;
    case 'bank':
      return [names.bank(condition.bankId)];
    case 'regex':
      return [condition.pattern];
    case 'category':
      return condition.categories;
    case 'target':
      return condition.targets;
    case 'band':
      return [condition.atLeast];
    case 'account':
      return condition.accounts;
    case 'case':
      return condition.caseIds.map(names.case);
    case 'language':
      return condition.languages;
    default:
      return assertNever(condition);
  }
}

export function ruleEvent(rule: Rule, done: RuleEvent['done'], names: RuleNames): RuleEvent {
  const { id, definition, removed: _removed, ...rest } = rule;
  const { blocks, ...said } = definition;
  return { type: 'rule', ruleId: id, done, ...said, when: askedConditions(blocks, names), ...rest };
}

export function bankEvent({ id, ...bank }: KeywordBank, done: BankEvent['done']): BankEvent {
  return { type: 'bank', bankId: id, done, ...bank };
}

export function rulesLines(event: RulesOutput, tools: LineTools): string[] {
  const { say, style, locale } = tools;
  switch (event.type) {
    case 'rule':
      return ruleLines(event, tools);
    case 'bank':
      return bankLines(event, tools);
    case 'rule-hit': {
      const { liveTitle, startMs, quotes, text, alert } = event;
      const where = [neutralise(liveTitle), clockTime(startMs), ...(alert ? [say(`alertStatus.${alert}`)] : [])];
      const words = quotes.map((quote) => style.strong(say('line.quote', { text: neutralise(quote.text) })));
      return [`${style.dim(where.join(' · '))}  ${words.join(' ')}`.trimEnd(), `  ${neutralise(text)}`];
    }
    case 'rule-replay':
      return [style.strong(event.message)];
    case 'rule-version': {
      const by = say('line.by', { by: neutralise(event.by), at: momentText(event.at, locale) });
      const head = say('rules.version', { version: event.version });
      return [`${head} ${style.dim(`${by} · ${event.hash.slice(0, 12)}`)}`, ...conditionLines(event.when, say)];
    }
    case 'rule-try':
      return tryLines(event, tools);
    case 'rules-file':
      return event.text === null ? [say('rules.written', { path: event.path })] : [event.text.trimEnd()];
  }
}

function ruleLines(event: RuleEvent, { say, style, locale }: LineTools): string[] {
  const { running } = event;
  const paint = { draft: style.dim, shadow: style.warn, active: style.good }[event.state];
  const facts = [
    paint(say(`ruleState.${event.state}`)),
    event.effect === 'mark' ? say('ruleEffect.mark') : say('rules.lane', { lane: say(`lane.${event.lane}`) }),
    say('rules.version', { version: event.version }),
    ...(running && running.version !== event.version
      ? [style.warn(say('rules.runs', { version: running.version }))]
      : []),
    ...(running
      ? [say(`rules.hits.${event.state}`, { count: running.hits, hits: numberText(running.hits, locale) })]
      : []),
  ];
  const done = event.done === null ? '' : `${style.good('✓')} ${say(`rules.done.${event.done}`)} `;
  return [
    `${done}${style.strong(neutralise(event.name))}  ${facts.join(' · ')}`,
    ...(event.note === '' ? [] : [style.dim(`  ${neutralise(event.note)}`)]),
    ...conditionLines(event.when, say),
    style.dim(`  ${event.ruleId}`),
  ];
}

function bankLines(event: BankEvent, { say, style }: LineTools): string[] {
  const facts = [
    ...(event.language === null ? [] : [event.language]),
    say('rules.words', { count: event.terms.length }),
    say('rules.usedBy', { count: event.usedBy }),
  ];
  const shown = event.terms.slice(0, 12).map(neutralise).join(', ');
  const done = event.done === null ? '' : `${style.good('✓')} ${say(`rules.done.${event.done}`)} `;
  return [
    `${done}${style.strong(neutralise(event.name))}  ${facts.join(' · ')}`,
    style.dim(`  ${shown}${event.terms.length > 12 ? ', …' : ''}`),
  ];
}

function tryLines(event: RuleTryEvent, { say, style }: LineTools): string[] {
  const conditions = event.when.flatMap((block, at) =>
    block.map((condition, index) => {
      const answer = event.answers[at]?.[index];
      const mark = answer?.met ? style.good('✓') : style.dim('·');
      const words = answer?.quotes.map((text) => style.strong(say('line.quote', { text: neutralise(text) }))) ?? [];
      const joint = index > 0 ? say('rules.or') : at > 0 ? say('rules.and') : '';
      return `  ${mark} ${joint}${conditionText(condition, say)}  ${words.join(' ')}`.trimEnd();
    }),
  );
  return [style.strong(say(event.matches ? 'rules.matches' : 'rules.matchesNot')), ...conditions];
}

function conditionLines(when: AskedCondition[][], say: Say): string[] {
  return when.map((block, at) => {
    const ors = block.map((one) => conditionText(one, say)).join(` ${say('rules.or')}`);
    return `  ${at > 0 ? say('rules.and') : ''}${ors}`;
  });
}

function conditionText({ kind, not, disguised, values }: AskedCondition, say: Say): string {
  const worded = ['category', 'target', 'band'].includes(kind)
    ? values.map((value) => say(`${kind}.${value}`))
    : values;
  const text = say('rules.condition', {
    kind: say(`conditionKind.${kind}`),
    values: worded.slice(0, 12).map(neutralise).join(', ') + (worded.length > 12 ? ', …' : ''),
  });
  return `${not ? `${say('rules.not')} ` : ''}${text}${disguised ? ` ${say('rules.disguised')}` : ''}`;
}
