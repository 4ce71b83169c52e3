import { VigieError } from '#shared/errors.ts';
import type { BankContent, Rule, RuleDefinition, RuleState, RuleVersion } from '#shared/model/rule.ts';
import type { Journal } from '../journal/journal.ts';
import type { BanksStore } from './banks-store.ts';
import { compileRule } from './compile-rule.ts';
import { ruleHash } from './rule-hash.ts';
import type { RulesStore } from './rules-store.ts';

export type RulesService = ReturnType<typeof createRulesService>;

export const sameName = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/**
 * Rules as people write them. What is written does not run: a version runs once it was enabled, and goes on running while newer ones are
 * written. Each command is called inside the transaction that remembers its answer.
 */
export function createRulesService(deps: {
  rules: RulesStore;
  banks: BanksStore;
  journal: Journal;
  /** Whether rules of this hash were tried on everything that was heard, and what came of it. */
  replayed(hash: string): { matched: number; total: number } | null;
  /** Told that other versions run from here on. */
  onRunning(): void;
}) {
  const { rules, banks, journal } = deps;

  /** @throws VigieError `not-found` */
  function known(ruleId: string): Rule {
    const found = rules.get(ruleId);
    if (!found || found.removed) throw new VigieError('not-found', { what: 'rule', id: ruleId });
    return found;
  }

  /** @throws VigieError `not-found` */
  function versionOf(ruleId: string, version: number): RuleVersion {
    const found = rules.version(ruleId, version);
    if (!found) throw new VigieError('not-found', { what: 'rule', id: `${ruleId} v${version}` });
    return found;
  }

  /** @throws VigieError `name-taken` */
  function checkName(name: string, ruleId: string | null) {
    if (rules.list().some(({ id, definition }) => id !== ruleId && sameName(definition.name, name)))
      throw new VigieError('name-taken', { name });
  }

  /** The banks that a definition asks for, as they are now. @throws VigieError `rules-unusable` */
  function made(definition: RuleDefinition): { banks: BankContent[]; hash: string } {
    const asked = definition.blocks.flatMap((block) =>
      block.flatMap((condition) => (condition.kind === 'bank' ? [condition.bankId] : [])),
    );
    const found = [...new Set(asked)].sort().flatMap((bankId) => {
      const bank = banks.get(bankId);
      if (!bank || bank.removed) return [];
      const { id, name, version, terms } = bank;
      return [{ id, name, version, terms }];
    });
    compileRule(definition, found);
    return { banks: found, hash: ruleHash(definition, found) };
  }

  function addVersion(ruleId: string, version: number, definition: RuleDefinition, actor: string) {
    rules.addVersion(ruleId, { version, definition, ...made(definition) }, actor);
  }

  function change(ruleId: string, definition: RuleDefinition, basedOn: number, actor: string): Rule {
    const before = known(ruleId);
    if (before.version !== basedOn) throw new VigieError('rule-changed', { by: before.by, at: before.changedAt });
    const same = JSON.stringify(before.definition) === JSON.stringify(definition);
    if (same && made(definition).hash === before.hash) return before;
    checkName(definition.name, ruleId);
    addVersion(ruleId, before.version + 1, definition, actor);
    journal.append({ kind: 'rule.changed', subjectId: ruleId, data: { version: before.version + 1 }, actor });
    return known(ruleId);
  }

  return {
    known,
    versionOf,
    change,
    made,
    list: (): Rule[] => rules.list(),
    versions(ruleId: string): RuleVersion[] {
      known(ruleId);
      return rules.versions(ruleId);
    },
    /** @throws VigieError `name-taken`, `rules-unusable` */
    create(definition: RuleDefinition, actor: string): Rule {
      checkName(definition.name, null);
      made(definition);
      const id = rules.insert();
      addVersion(id, 1, definition, actor);
      journal.append({ kind: 'rule.added', subjectId: id, data: { version: 1 }, actor });
      return known(id);
    },
    /** Takes the words of changed banks into rules that ask for them: as new versions, which nobody enabled yet. */
    renew(bankId: string, actor: string) {
      for (const rule of rules.list()) {
        const asks = rule.definition.blocks.flat().some((one) => one.kind === 'bank' && one.bankId === bankId);
        if (asks) change(rule.id, rule.definition, rule.version, actor);
      }
    },
    /** Writes an earlier version again, as the newest one; its banks count as they are now. */
    restoreVersion: (ruleId: string, version: number, basedOn: number, actor: string): Rule =>
      change(ruleId, versionOf(ruleId, version).definition, basedOn, actor),
    /** @throws VigieError `not-found`, `rule-not-replayed` */
    enable(ruleId: string, version: number, state: Exclude<RuleState, 'draft'>, actor: string): Rule {
      const before = known(ruleId);
      const wanted = versionOf(ruleId, version);
      if (before.state === state && before.running?.version === version) return before;
      const tried = deps.replayed(wanted.hash);
      if (state === 'active' && !tried)
        throw new VigieError('rule-not-replayed', { name: wanted.definition.name, version });
      rules.run(ruleId, state, version);
      journal.append({
        kind: 'rule.enabled',
        subjectId: ruleId,
        data: { version, state, hash: wanted.hash, ...tried },
        actor,
      });
      deps.onRunning();
      return known(ruleId);
    },
    disable(ruleId: string, actor: string): Rule {
      const before = known(ruleId);
      if (before.running === null) return before;
      rules.run(ruleId, 'draft', null);
      const { version } = before.running;
      journal.append({ kind: 'rule.disabled', subjectId: ruleId, data: { version, state: before.state }, actor });
      deps.onRunning();
      return known(ruleId);
    },
    /** Removed, it runs no more; what it raised stays. */
    remove(ruleId: string, actor: string) {
      known(ruleId);
      rules.run(ruleId, 'draft', null);
      rules.remove(ruleId, true);
      journal.append({ kind: 'rule.removed', subjectId: ruleId, actor });
      deps.onRunning();
    },
    /** Takes a removal back; it is a draft then. @throws VigieError `not-found`, `name-taken` */
    restore(ruleId: string, actor: string): Rule {
      const found = rules.get(ruleId);
      if (!found) throw new VigieError('not-found', { what: 'rule', id: ruleId });
      if (!found.removed) return found;
      checkName(found.definition.name, ruleId);
      rules.remove(ruleId, false);
      journal.append({ kind: 'rule.restored', subjectId: ruleId, actor });
      return known(ruleId);
    },
  };
}
