import { assertNever } from '#shared/errors.ts';
import type { RuleQuote } from '#shared/model/rule-cause.ts';
import type { ConditionAnswer, RuleCondition } from '#shared/model/rule.ts';
import type { Category, Target } from '#shared/model/verdict.ts';
import { type Band, bands } from '#shared/policy/risk.ts';
import type { CompiledCondition, CompiledRule } from './compile-rule.ts';
import type { Window } from './window.ts';

/** What may be asked of a segment beside its words. Null: not known, so that no question about it is met. */
export type SegmentFacts = {
  category: Category | null;
  target: Target | null;
  band: Band | null;
  account: string | null;
  caseId: string | null;
  language: string | null;
};

const mostQuotesOfOne = 5;
const mostQuotes = 20;

/** How every condition of a rule answers of one segment. */
export function answersOf(rule: CompiledRule, facts: SegmentFacts, window: Window): ConditionAnswer[][] {
  return rule.blocks.map((block) => block.map((one) => answerOf(one, facts, window)));
}

function answerOf({ condition, find }: CompiledCondition, facts: SegmentFacts, window: Window): ConditionAnswer {
  const whole = (met: boolean): ConditionAnswer => ({ met, fresh: met, before: met, quotes: [] });
  if (!find) return whole(holds(condition, facts) !== condition.not);
  const spans = find(window);
  if (condition.not) return whole(spans.length === 0);
  const fresh = spans.filter(({ end }) => end > window.freshAt);
  const told = (fresh.length > 0 ? fresh : spans).slice(0, mostQuotesOfOne);
  return {
    met: spans.length > 0,
    fresh: fresh.length > 0,
    before: fresh.length < spans.length,
    quotes: told.flatMap(({ start, end }) => window.quotes(start, end)),
  };
}

function holds(condition: RuleCondition, facts: SegmentFacts): boolean {
  switch (condition.kind) {
    case 'words':
    case 'bank':
    case 'regex':
      return false;
    case 'category':
      return facts.category !== null && condition.categories.includes(facts.category);
    case 'target':
      return facts.target !== null && condition.targets.includes(facts.target);
    case 'band':
      return facts.band !== null && bands.indexOf(facts.band) >= bands.indexOf(condition.atLeast);
    case 'account':
      return facts.account !== null && condition.accounts.map(plainAccount).includes(plainAccount(facts.account));
    case 'case':
      return facts.caseId !== null && condition.caseIds.includes(facts.caseId);
    case 'language':
      return facts.language !== null && condition.languages.includes(facts.language.toLowerCase().split('-')[0] ?? '');
    default:
      return assertNever(condition);
  }
}

const plainAccount = (account: string) => account.trim().replace(/^@/, '').toLowerCase();

/**
 * Whether the answers make the rule match. What was said before the segment helps (a phrase cut in two, two words on either side of a cut),
 * unless it was a match by itself: that one is the segment before's.
 */
export function matches(answers: readonly (readonly ConditionAnswer[])[]): boolean {
  const all = (how: 'met' | 'fresh' | 'before') => answers.every((block) => block.some((answer) => answer[how]));
  return all('fresh') || (all('met') && !all('before'));
}

/** The words that caused it, each once, in the order in which they were said. */
export function quotesOf(answers: readonly (readonly ConditionAnswer[])[]): RuleQuote[] {
  const all = answers.flatMap((block) => block.flatMap(({ met, quotes }) => (met ? quotes : [])));
  const once = new Map(all.map((quote) => [`${quote.number} ${quote.at} ${quote.text}`, quote]));
  return [...once.values()].sort((a, b) => a.number - b.number || a.at - b.at).slice(0, mostQuotes);
}
