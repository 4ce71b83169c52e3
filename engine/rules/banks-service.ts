import { VigieError } from '#shared/errors.ts';
import type { BankFields, KeywordBank } from '#shared/model/rule.ts';
import type { Journal } from '../journal/journal.ts';
import type { BanksStore, StoredBank } from './banks-store.ts';
import { type Found, parseTerms } from './compile-rule.ts';
import { type RulesService, sameName } from './rules-service.ts';

export type BanksService = ReturnType<typeof createBanksService>;

/** Words that rules share. Each command is called inside the transaction that remembers its answer. */
export function createBanksService(deps: { banks: BanksStore; rules: RulesService; journal: Journal }) {
  const { banks, rules, journal } = deps;

  const users = (bankId: string) =>
    rules
      .list()
      .filter(({ definition }) => definition.blocks.flat().some((one) => one.kind === 'bank' && one.bankId === bankId));
  const shown = ({ removed: _removed, ...bank }: StoredBank): KeywordBank => ({
    ...bank,
    usedBy: users(bank.id).length,
  });

  /** @throws VigieError `not-found` */
  function known(bankId: string): StoredBank {
    const found = banks.get(bankId);
    if (!found || found.removed) throw new VigieError('not-found', { what: 'bank', id: bankId });
    return found;
  }

  /** @throws VigieError `name-taken`, `rules-unusable` */
  function check(fields: BankFields, bankId: string | null) {
    if (banks.list().some(({ id, name }) => id !== bankId && sameName(name, fields.name)))
      throw new VigieError('name-taken', { name: fields.name });
    const problems: Found[] = [];
    parseTerms(fields.terms, (problem, detail) =>
      problems.push({ where: `terms[${fields.terms.indexOf(detail)}]`, line: null, problem, detail }),
    );
    if (problems.length > 0) throw new VigieError('rules-unusable', { problems: problems.slice(0, 20) });
  }

  return {
    known: (bankId: string): KeywordBank => shown(known(bankId)),
    list: (): KeywordBank[] => banks.list().map(shown),
    create(fields: BankFields, actor: string): KeywordBank {
      check(fields, null);
      const id = banks.insert();
      banks.addVersion(id, 1, fields, actor);
      journal.append({ kind: 'bank.added', subjectId: id, data: { version: 1, terms: fields.terms.length }, actor });
      return shown(known(id));
    },
    /** Rules that ask for it get a new version with its new words; the versions that run stay as they are until that one is enabled. */
    change(bankId: string, fields: BankFields, basedOn: number, actor: string): KeywordBank {
      const before = known(bankId);
      if (before.version !== basedOn) throw new VigieError('rule-changed', { by: before.by, at: before.changedAt });
      const { name, language, terms } = before;
      if (JSON.stringify({ name, language, terms }) === JSON.stringify(fields)) return shown(before);
      check(fields, bankId);
      const version = before.version + 1;
      banks.addVersion(bankId, version, fields, actor);
      journal.append({ kind: 'bank.changed', subjectId: bankId, data: { version, terms: fields.terms.length }, actor });
      rules.renew(bankId, actor);
      return shown(known(bankId));
    },
    /** @throws VigieError `not-found`, `bank-in-use` */
    remove(bankId: string, actor: string) {
      const { name } = known(bankId);
      const using = users(bankId).map(({ definition }) => definition.name);
      if (using.length > 0) throw new VigieError('bank-in-use', { name, rules: using.join(', ') });
      banks.remove(bankId, true);
      journal.append({ kind: 'bank.removed', subjectId: bankId, actor });
    },
    restore(bankId: string, actor: string): KeywordBank {
      const found = banks.get(bankId);
      if (!found) throw new VigieError('not-found', { what: 'bank', id: bankId });
      if (found.removed) {
        if (banks.list().some(({ name }) => sameName(name, found.name)))
          throw new VigieError('name-taken', { name: found.name });
        banks.remove(bankId, false);
        journal.append({ kind: 'bank.restored', subjectId: bankId, actor });
      }
      return shown(known(bankId));
    },
  };
}
