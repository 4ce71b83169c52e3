import { createHash } from 'node:crypto';
import type { BankContent, RuleDefinition } from '#shared/model/rule.ts';

/** SHA-256 of what decides whether a rule matches and what follows from it. Its name and its note change nothing. */
export function ruleHash({ blocks, effect, lane }: RuleDefinition, banks: readonly BankContent[]): string {
  const words = banks.map(({ id, terms }) => ({ id, terms }));
  return createHash('sha256').update(JSON.stringify({ blocks, effect, lane, words })).digest('hex');
}
