import type { BankContent, RuleCondition, RuleDefinition } from '#shared/model/rule.ts';
import type { RuleProblem } from '#shared/model/rule-problem.ts';
import { VigieError, type ErrorData } from '#shared/errors.ts';
import { createUndisguise } from './disguise.ts';
import { compileExpression } from './expression.ts';
import { createTermFinder, parseTerm, type Span, type Term } from './terms.ts';
import type { Window } from './window.ts';

export type Found = ErrorData<'rules-unusable'>['problems'][number];

/** A condition ready to be asked: its words are looked for in a window, the rest is asked of the segment itself. */
export type CompiledCondition = { condition: RuleCondition; find: ((window: Window) => Span[]) | null };
export type CompiledRule = { definition: RuleDefinition; blocks: readonly (readonly CompiledCondition[])[] };

const mostProblems = 20;

/** @throws VigieError `rules-unusable`, naming the block and the condition (from 0): `when[2][0]` */
export function compileRule(definition: RuleDefinition, banks: readonly Omit<BankContent, 'version'>[]): CompiledRule {
  const problems: Found[] = [];
  const blocks = definition.blocks.map((block, at) =>
    block.map((condition, index): CompiledCondition => {
      const where = `when[${at}][${index}]`;
      const report = (problem: RuleProblem, detail: string) => problems.push({ where, line: null, problem, detail });
      return { condition, find: finderOf(condition, banks, report) };
    }),
  );
  if (problems.length > 0) throw new VigieError('rules-unusable', { problems: problems.slice(0, mostProblems) });
  return { definition, blocks };
}

type Report = (problem: RuleProblem, detail: string) => void;

function finderOf(
  condition: RuleCondition,
  banks: readonly Omit<BankContent, 'version'>[],
  report: Report,
): CompiledCondition['find'] {
  if (condition.kind === 'regex') {
    const found = compileExpression(condition.pattern);
    if (typeof found === 'function') return (window) => found(window.text);
    report(found.problem, found.detail);
    return null;
  }
  if (condition.kind !== 'words' && condition.kind !== 'bank') return null;
  const bank = condition.kind === 'bank' ? banks.find(({ id }) => id === condition.bankId) : undefined;
  if (condition.kind === 'bank' && !bank) {
    report('unknown-bank', condition.bankId);
    return null;
  }
  const terms = parseTerms(condition.kind === 'words' ? condition.terms : (bank?.terms ?? []), report);
  const find = createTermFinder(terms);
  if (!condition.disguised) return (window) => find(window.words);
  const undisguise = createUndisguise(terms);
  return (window) => find(undisguise(window.text));
}

/** The terms that can be looked for; each other one is reported. */
export function parseTerms(typed: readonly string[], report: Report): Term[] {
  return typed.flatMap((one) => {
    const term = parseTerm(one);
    if (typeof term !== 'string') return [term];
    report(term, one);
    return [];
  });
}
