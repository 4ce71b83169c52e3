import type { BankContent, ConditionAnswer, RuleDefinition } from '#shared/model/rule.ts';
import type { Category, Judgement, Target } from '#shared/model/verdict.ts';
import { type Band, bandOf, riskScore } from '#shared/policy/risk.ts';
import { compileRule } from './compile-rule.ts';
import { answersOf, matches } from './weigh-rule.ts';
import { openWindow } from './window.ts';

export type Tried = {
  matches: boolean;
  answers: ConditionAnswer[][];
  category: Category;
  target: Target | null;
  band: Band;
};

/** A rule on a text that somebody typed, weighed as a segment would be. @throws VigieError `rules-unusable` */
export function tryRule(
  definition: RuleDefinition,
  banks: readonly BankContent[],
  typed: { text: string; before: string; language: string; account: string | null; caseId: string | null },
  judge: (text: string, options: { language: string; before: readonly string[] }) => Judgement,
): Tried {
  const { text, before, language, account, caseId } = typed;
  const judgement = judge(text, { language, before: before === '' ? [] : [before] });
  const { category, target } = judgement;
  const band = bandOf(riskScore(judgement).scoreBp);
  const window = openWindow({ number: 2, text }, before === '' ? [] : [{ number: 1, text: before }]);
  const facts = { category, target, band, account, caseId, language: language === 'auto' ? null : language };
  const answers = answersOf(compileRule(definition, banks), facts, window);
  return { matches: matches(answers), answers, category, target, band };
}
