import { isVigieError, VigieError } from '#shared/errors.ts';
import { type RuleDefinition, ruleDefinition } from '#shared/model/rule.ts';
import type { CasesStore } from '../cases/cases-store.ts';
import type { BanksService } from './banks-service.ts';
import { compileRule, type Found, parseTerms } from './compile-rule.ts';
import { type FileRule, readRulesFile, type RulesFile } from './read-rules-file.ts';
import { type RulesService, sameName } from './rules-service.ts';
import { writeRulesFile } from './write-rules-file.ts';

export type RulesFileService = ReturnType<typeof createRulesFileService>;

type Taken = { id: string; name: string; done: 'added' | 'changed' | 'same' };

/** Banks and rules out into a file and in from one. `take` is called inside a transaction: all of a file comes in, or nothing. */
export function createRulesFileService(deps: { rules: RulesService; banks: BanksService; cases: CasesStore }) {
  const { rules, banks, cases } = deps;

  return {
    /** @param ruleIds null: all of them, and every bank; else the banks that these ask for */
    write(ruleIds: readonly string[] | null): string {
      const chosen = ruleIds === null ? rules.list() : ruleIds.map((id) => rules.known(id));
      const definitions = chosen.map(({ definition }) => definition);
      const asked = new Set(
        definitions.flatMap(({ blocks }) => blocks.flat().flatMap((one) => (one.kind === 'bank' ? [one.bankId] : []))),
      );
      const written = banks.list().filter(({ id }) => ruleIds === null || asked.has(id));
      return writeRulesFile(
        { banks: written, rules: definitions },
        { bank: (id) => banks.known(id).name, case: (id) => cases.get(id)?.title ?? id },
      );
    },
    /** @throws VigieError `rules-unusable` */
    take(text: string, actor: string): { rules: Taken[]; banks: Taken[] } {
      const file = readRulesFile(text);
      const problems = [...doubles(file), ...wrongTerms(file)];
      if (problems.length > 0) throw new VigieError('rules-unusable', { problems: problems.slice(0, 20) });
      const takenBanks = file.banks.map(({ path: _path, ...fields }): Taken => {
        const before = banks.list().find(({ name }) => sameName(name, fields.name));
        if (!before) return { id: banks.create(fields, actor).id, name: fields.name, done: 'added' };
        const after = banks.change(before.id, fields, before.version, actor);
        return { id: after.id, name: after.name, done: after.version === before.version ? 'same' : 'changed' };
      });
      const takenRules = file.rules.map((wanted) => takeRule(file, wanted, actor, problems));
      if (problems.length > 0) throw new VigieError('rules-unusable', { problems: problems.slice(0, 20) });
      return { banks: takenBanks, rules: takenRules.filter((one) => one !== null) };
    },
  };

  function takeRule(file: RulesFile, wanted: FileRule, actor: string, problems: Found[]): Taken | null {
    const known = problems.length;
    const definition = definitionOf(file, wanted, problems);
    if (definition === null) return null;
    if (problems.length > known) {
      // Whatever else is wrong with it is told in the same breath.
      const banksHere = banks.list();
      const others = problemsIn(() => compileRule(definition, banksHere)).filter(
        ({ problem }) => problem !== 'unknown-bank',
      );
      problems.push(...others.map((one) => placed(file, wanted, one)));
      return null;
    }
    const before = rules.list().find(({ definition: { name } }) => sameName(name, wanted.name));
    try {
      if (!before) return { id: rules.create(definition, actor).id, name: definition.name, done: 'added' };
      const after = rules.change(before.id, definition, before.version, actor);
      return { id: after.id, name: definition.name, done: after.version === before.version ? 'same' : 'changed' };
    } catch (error) {
      if (!isVigieError(error, 'rules-unusable')) throw error;
      problems.push(...error.data.problems.map((one) => placed(file, wanted, one)));
      return null;
    }
  }

  /** With the ids that banks and cases have here. */
  function definitionOf(file: RulesFile, wanted: FileRule, problems: Found[]): RuleDefinition | null {
    const { path, ...rest } = wanted;
    const blocks = wanted.blocks.map((block) =>
      block.map(({ path: at, bank, cases: titles, ...condition }) => {
        if (condition.kind === 'bank' && bank !== undefined) {
          const found = banks.list().find(({ name }) => sameName(name, bank));
          if (!found) problems.push(file.found(at, 'unknown-bank', bank));
          return { ...condition, bankId: found?.id ?? condition.bankId };
        }
        if (condition.kind === 'case' && titles !== undefined) {
          const found = titles.map((title) => ({ title, id: caseIdOf(title) }));
          for (const { title, id } of found) if (id === undefined) problems.push(file.found(at, 'unknown-case', title));
          return { ...condition, caseIds: found.flatMap(({ id }) => (id === undefined ? [] : [id])) };
        }
        return condition;
      }),
    );
    const parsed = ruleDefinition.safeParse({ ...rest, blocks });
    if (parsed.success) return parsed.data;
    problems.push(file.found([...path, 'name'], 'value', parsed.error.issues[0]?.message ?? ''));
    return null;
  }

  function caseIdOf(title: string): string | undefined {
    const named = cases.list({ closed: true }).filter((one) => one.id === title || sameName(one.title, title));
    return (named.find(({ closedAt }) => closedAt === null) ?? named[0])?.id;
  }
}

function problemsIn(work: () => unknown): Found[] {
  try {
    work();
    return [];
  } catch (error) {
    if (isVigieError(error, 'rules-unusable')) return error.data.problems;
    throw error;
  }
}

/** What is wrong with a condition, at its place in the file. */
function placed(file: RulesFile, { blocks, path }: FileRule, { where, problem, detail }: Found): Found {
  const [block = 0, index = 0] = [...where.matchAll(/\d+/g)].map(Number);
  return file.found(blocks[block]?.[index]?.path ?? path, problem, detail);
}

function doubles({ banks, rules, found }: RulesFile): Found[] {
  return [banks, rules].flatMap((list) =>
    list.flatMap(({ name, path }, index) =>
      list.slice(0, index).some((other) => sameName(other.name, name))
        ? [found([...path, 'name'], 'double', name)]
        : [],
    ),
  );
}

function wrongTerms({ banks, found }: RulesFile): Found[] {
  const problems: Found[] = [];
  for (const { terms, path } of banks)
    parseTerms(terms, (problem, detail) =>
      problems.push(found([...path, 'words', terms.indexOf(detail)], problem, detail)),
    );
  return problems;
}
