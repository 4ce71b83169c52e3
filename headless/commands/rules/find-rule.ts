import type { EngineClient } from '#shared/contract/index.ts';
import { VigieError } from '#shared/errors.ts';
import { id } from '#shared/ids.ts';
import type { Rule } from '#shared/model/rule.ts';
import type { RuleNames } from '../../output/rule-events.ts';

/** The rule that a person means: by its id or by its whole name, whatever its case. @throws VigieError `not-found` */
export async function findRule(client: EngineClient, typed: string): Promise<Rule> {
  if (id.safeParse(typed).success) return (await client.rules.get({ ruleId: typed })).rule;
  const wanted = typed.trim().toLowerCase();
  const found = (await client.rules.list()).items.find(({ definition }) => definition.name.toLowerCase() === wanted);
  if (!found) throw new VigieError('not-found', { what: 'rule', id: typed });
  return found;
}

/** What banks and cases are called. */
export async function ruleNames(client: EngineClient): Promise<RuleNames> {
  const banks = new Map((await client.rules.banks()).items.map(({ id: bankId, name }) => [bankId, name]));
  const cases = new Map((await client.cases.list({ closed: true })).items.map((one) => [one.id, one.title]));
  return { bank: (bankId) => banks.get(bankId) ?? bankId, case: (caseId) => cases.get(caseId) ?? caseId };
}
