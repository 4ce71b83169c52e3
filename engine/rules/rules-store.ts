import type { BankContent, Rule, RuleDefinition, RuleState, RuleVersion } from '#shared/model/rule.ts';
import { newId } from '#shared/ids.ts';
import type { Clock } from '../base/clock.ts';
import type { Store } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

/** SQL of rules and their versions. Versions are only ever added. Writes expect to run inside a service's transaction. */
export type RulesStore = ReturnType<typeof createRulesStore>;

export function createRulesStore(store: Store, clock: Clock) {
  const q = store.build;
  const newest = () =>
    q
      .selectFrom('rules')
      .innerJoin('rule_versions as v', (join) =>
        join.onRef('v.rule_id', '=', 'rules.id').on((e) =>
          e(
            'v.version',
            '=',
            e
              .selectFrom('rule_versions as last')
              .whereRef('last.rule_id', '=', 'rules.id')
              .select((x) => x.fn.max('last.version').as('version')),
          ),
        ),
      )
      .innerJoin('profiles', 'profiles.id', 'v.by_id')
      .leftJoin('rule_versions as r', (join) =>
        join.onRef('r.rule_id', '=', 'rules.id').onRef('r.version', '=', 'rules.running_version'),
      )
      .selectAll('rules')
      .select([
        'v.version',
        'v.definition',
        'v.hash',
        'v.at as changed_at',
        'profiles.name as by',
        'r.hash as running_hash',
      ])
      .select((e) => {
        const hits = e
          .selectFrom('rule_hits as h')
          .whereRef('h.rule_id', '=', 'rules.id')
          .whereRef('h.version', '=', 'rules.running_version')
          .whereRef('h.at', '>=', 'rules.running_since');
        return [
          hits.select((x) => x.fn.countAll<number>().as('n')).as('hits'),
          hits.select((x) => x.fn.max('h.at').as('at')).as('last_hit_at'),
        ];
      });
  const byId = store.prepare<{ id: string }, NewestRow>((slot) => newest().where('rules.id', '=', slot('id')) as never);
  const versionsOf = (ruleId: string) =>
    q
      .selectFrom('rule_versions')
      .innerJoin('profiles', 'profiles.id', 'rule_versions.by_id')
      .selectAll('rule_versions')
      .select('profiles.name as by')
      .where('rule_id', '=', ruleId);
  return {
    /** A removed one too. */
    get(id: string): Rule | undefined {
      const row = byId.get({ id });
      return row && ruleOf(row);
    },
    /** By name. */
    list: (): Rule[] =>
      (store.all(newest().where('rules.removed_at', 'is', null)) as NewestRow[])
        .map(ruleOf)
        .sort((a, b) => a.definition.name.localeCompare(b.definition.name, 'fr')),
    version(ruleId: string, version: number): RuleVersion | undefined {
      const row = store.get(versionsOf(ruleId).where('version', '=', version));
      return row && versionOf(row);
    },
    /** The newest first. */
    versions: (ruleId: string): RuleVersion[] =>
      store.all(versionsOf(ruleId).orderBy('version', 'desc')).map(versionOf),
    /** What runs: every rule's running version, oldest rule first. */
    running: () =>
      store
        .all(
          q
            .selectFrom('rules')
            .innerJoin('rule_versions', (join) =>
              join
                .onRef('rule_versions.rule_id', '=', 'rules.id')
                .onRef('rule_versions.version', '=', 'rules.running_version'),
            )
            .select(['rules.id', 'rules.state', 'rule_versions.version', 'definition', 'banks', 'hash'])
            .where('rules.removed_at', 'is', null)
            .orderBy('rules.id'),
        )
        .map(({ definition, banks, ...row }) => ({
          ...row,
          definition: JSON.parse(definition) as RuleDefinition,
          banks: JSON.parse(banks) as BankContent[],
        })),
    insert(): string {
      const at = clock.now();
      const id = newId(at);
      store.run(
        q
          .insertInto('rules')
          .values({ id, state: 'draft', running_version: null, running_since: null, created_at: at, removed_at: null }),
      );
      return id;
    },
    addVersion(ruleId: string, made: Omit<RuleVersion, 'by' | 'at'>, byId: string) {
      store.run(
        q.insertInto('rule_versions').values({
          rule_id: ruleId,
          version: made.version,
          definition: JSON.stringify(made.definition),
          banks: JSON.stringify(made.banks),
          hash: made.hash,
          by_id: byId,
          at: clock.now(),
        }),
      );
    },
    /** @param version null with `draft` only */
    run(ruleId: string, state: RuleState, version: number | null) {
      store.run(
        q
          .updateTable('rules')
          .set({ state, running_version: version, running_since: version === null ? null : clock.now() })
          .where('id', '=', ruleId),
      );
    },
    remove(ruleId: string, removed: boolean) {
      store.run(
        q
          .updateTable('rules')
          .set({ removed_at: removed ? clock.now() : null })
          .where('id', '=', ruleId),
      );
    },
  };
}

type NewestRow = Tables['rules'] & {
  version: number;
  definition: string;
  hash: string;
  changed_at: number;
  by: string;
  running_hash: string | null;
  hits: number | null;
  last_hit_at: number | null;
};

function ruleOf(row: NewestRow): Rule {
  return {
    id: row.id,
    state: row.state,
    version: row.version,
    hash: row.hash,
    definition: JSON.parse(row.definition) as RuleDefinition,
    by: row.by,
    changedAt: row.changed_at,
    createdAt: row.created_at,
    running:
      row.running_version === null
        ? null
        : {
            version: row.running_version,
            hash: row.running_hash ?? '',
            since: row.running_since ?? 0,
            hits: row.hits ?? 0,
            lastHitAt: row.last_hit_at,
          },
    removed: row.removed_at !== null,
  };
}

function versionOf(row: Tables['rule_versions'] & { by: string }): RuleVersion {
  return {
    version: row.version,
    hash: row.hash,
    definition: JSON.parse(row.definition) as RuleDefinition,
    banks: JSON.parse(row.banks) as BankContent[],
    by: row.by,
    at: row.at,
  };
}
