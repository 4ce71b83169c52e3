import { stringify } from 'yaml';
import type { BankFields, RuleCondition, RuleDefinition } from '#shared/model/rule.ts';
import { fileFormat } from './read-rules-file.ts';

/** Banks and rules as YAML that `readRulesFile` reads: banks and cases by name, since ids differ from laptop to laptop. */
export function writeRulesFile(
  content: { banks: readonly BankFields[]; rules: readonly RuleDefinition[] },
  nameOf: { bank(id: string): string; case(id: string): string },
): string {
  const one = ({ condition, disguised }: { condition: Record<string, unknown>; disguised: boolean }, not: boolean) => {
    const asked = { ...condition, ...(disguised ? { disguised: true } : {}) };
    return not ? { not: asked } : asked;
  };
  const written = (condition: RuleCondition) =>
    one(
      { condition: fieldOf(condition, nameOf), disguised: 'disguised' in condition && condition.disguised },
      condition.not,
    );
  const file = {
    format: fileFormat,
    ...(content.banks.length === 0
      ? {}
      : {
          banks: content.banks.map(({ name, language, terms }) => ({
            name,
            ...(language === null ? {} : { language }),
            words: terms,
          })),
        }),
    ...(content.rules.length === 0
      ? {}
      : {
          rules: content.rules.map(({ name, note, effect, lane, blocks }) => ({
            name,
            ...(note === '' ? {} : { note }),
            raises: effect,
            lane,
            when: blocks.map((block) => {
              const [first, ...more] = block.map(written);
              return more.length === 0 ? first : { any: [first, ...more] };
            }),
          })),
        }),
  };
  return stringify(file, { lineWidth: 120 });
}

function fieldOf(
  condition: RuleCondition,
  nameOf: { bank(id: string): string; case(id: string): string },
): Record<string, unknown> {
  switch (condition.kind) {
    case 'words':
      return { words: condition.terms };
    case 'bank':
      return { bank: nameOf.bank(condition.bankId) };
    case 'regex':
      return { regex: condition.pattern };
    case 'category':
      return { category: condition.categories };
    case 'target':
      return { target: condition.targets };
    case 'band':
      return { band: condition.atLeast };
    case 'account':
      return { account: condition.accounts };
    case 'case':
      return { case: condition.caseIds.map(nameOf.case) };
    case 'language':
      return { language: condition.languages };
  }
}
