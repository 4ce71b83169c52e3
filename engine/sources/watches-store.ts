import { sql } from 'kysely';
import { newId } from '#shared/ids.ts';
import type { PresenceReason, Watch, WatchPlatform, WatchState } from '#shared/model/watch.ts';
import type { Clock } from '../base/clock.ts';
import type { Store } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';
import { type Budget, freshBudget } from './budget.ts';

export type WatchRow = Tables['watches'];
export type WatchesStore = ReturnType<typeof createWatchesStore>;

/** Lives whose starts tell an account's usual hours. */
const rememberedStarts = 20;

/** SQL of watches, their followers over time, and the platforms' budgets. Writes expect to run inside a service's transaction. */
export function createWatchesStore(store: Store, clock: Clock) {
  const q = store.build;
  const byId = store.prepare<{ id: string }, WatchRow>((slot) =>
    q.selectFrom('watches').selectAll().where('id', '=', slot('id')),
  );
  const byHandle = store.prepare<{ profile: string; platform: WatchPlatform; handle: string }, WatchRow>((slot) =>
    q
      .selectFrom('watches')
      .selectAll()
      .where('profile_id', '=', slot('profile'))
      .where('platform', '=', slot('platform'))
      .where('handle', '=', slot('handle'))
      .where('removed_at', 'is', null),
  );
  const withCounts = () =>
    q
      .selectFrom('watches')
      .leftJoin(
        q
          .selectFrom('lives')
          .select((e) => ['lives.watch_id as of', e.fn.countAll<number>().as('n')])
          .where('lives.watch_id', 'is not', null)
          .groupBy('lives.watch_id')
          .as('counted'),
        'counted.of',
        'watches.id',
      )
      .leftJoin(
        q
          .selectFrom('review_items')
          .innerJoin('alerts', 'alerts.item_id', 'review_items.id')
          .innerJoin('lives', 'lives.id', 'alerts.live_id')
          .select((e) => ['lives.watch_id as of', e.fn.countAll<number>().as('n')])
          // Literal, so that SQLite can use the partial index.
          .where('review_items.status', '=', sql.lit('pending' as const))
          .where('lives.watch_id', 'is not', null)
          .groupBy('lives.watch_id')
          .as('waiting'),
        'waiting.of',
        'watches.id',
      )
      .selectAll('watches')
      .select(['counted.n as lives', 'waiting.n as pending_alerts']);

  return {
    row: (id: string) => byId.get({ id }),
    /** The account that is followed under this name, whatever its case. */
    followed: (profileId: string, platform: WatchPlatform, handle: string) =>
      byHandle.get({ profile: profileId, platform, handle }),
    insert(
      row: Pick<WatchRow, 'profile_id' | 'platform' | 'handle' | 'url' | 'policy' | 'priority' | 'case_id'>,
    ): string {
      const at = clock.now();
      const id = newId(at);
      store.run(
        q.insertInto('watches').values({
          id,
          ...row,
          display_name: null,
          paused: 0,
          language: null,
          model: null,
          state: 'inconnu',
          reason: 'never-checked',
          state_since: at,
          followers: null,
          live_id: null,
          room_id: null,
          ended_answers: 0,
          failures: 0,
          last_live_at: null,
          last_check_at: null,
          last_error: null,
          next_check_at: at,
          created_at: at,
          removed_at: null,
        }),
      );
      return id;
    },
    update(id: string, changes: Partial<WatchRow>) {
      store.run(q.updateTable('watches').set(changes).where('id', '=', id));
    },
    get(id: string): Watch | undefined {
      const row = store.get(withCounts().where('watches.id', '=', id).where('watches.removed_at', 'is', null));
      return row && watchOf(row as CountedRow);
    },
    /** By priority, then name. */
    list(options: { profileId: string; states?: readonly WatchState[]; text?: string; limit: number }): Watch[] {
      let query = withCounts()
        .where('watches.removed_at', 'is', null)
        .where('watches.profile_id', '=', options.profileId)
        .orderBy('watches.priority')
        .orderBy('watches.handle')
        .limit(options.limit);
      if (options.states) query = query.where('watches.state', 'in', options.states);
      if (options.text) {
        const part = `%${options.text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
        query = query.where((e) =>
          e.or([
            sql<boolean>`watches.handle LIKE ${part} ESCAPE '\\'`,
            sql<boolean>`watches.display_name LIKE ${part} ESCAPE '\\'`,
          ]),
        );
      }
      return store.all(query).map((row) => watchOf(row as CountedRow));
    },
    count: (profileId: string): number =>
      store.get(
        q
          .selectFrom('watches')
          .select((e) => e.fn.countAll<number>().as('n'))
          .where('profile_id', '=', profileId)
          .where('removed_at', 'is', null),
      )?.n ?? 0,
    /** Every account that is to be looked at. */
    active: (): Pick<WatchRow, 'id' | 'next_check_at' | 'priority'>[] =>
      store.all(
        q
          .selectFrom('watches')
          .select(['id', 'next_check_at', 'priority'])
          .where('removed_at', 'is', null)
          .where('paused', '=', 0),
      ),
    ofLive: (liveId: string) => store.get(q.selectFrom('watches').selectAll().where('live_id', '=', liveId)),
    /** When the account's last lives began, epoch ms. */
    starts: (id: string): number[] =>
      store
        .all(
          q
            .selectFrom('lives')
            .select('started_at')
            .where('watch_id', '=', id)
            .orderBy('id', 'desc')
            .limit(rememberedStarts),
        )
        .map((row) => row.started_at),
    lastLive: (id: string) =>
      store.get(q.selectFrom('lives').selectAll().where('watch_id', '=', id).orderBy('id', 'desc').limit(1)),
    /** Keeps a figure only when it changed. */
    addFollowers(id: string, followers: number) {
      const last = store.get(
        q.selectFrom('watch_followers').select('followers').where('watch_id', '=', id).orderBy('at', 'desc').limit(1),
      );
      if (last?.followers === followers) return;
      const row = { watch_id: id, at: clock.now(), followers };
      store.run(
        q
          .insertInto('watch_followers')
          .values(row)
          .onConflict((conflict) => conflict.columns(['watch_id', 'at']).doUpdateSet(row)),
      );
    },
    followers: (id: string) =>
      store.all(q.selectFrom('watch_followers').select(['at', 'followers']).where('watch_id', '=', id).orderBy('at')),
    budget(platform: WatchPlatform): Budget {
      const row = store.get(q.selectFrom('platform_budgets').select('budget').where('platform', '=', platform));
      return row === undefined ? freshBudget : (JSON.parse(row.budget) as Budget);
    },
    keepBudget(platform: WatchPlatform, budget: Budget) {
      const row = { platform, budget: JSON.stringify(budget), at: clock.now() };
      store.transaction(() => {
        store.run(
          q
            .insertInto('platform_budgets')
            .values(row)
            .onConflict((conflict) => conflict.column('platform').doUpdateSet(row)),
        );
      });
    },
  };
}

type CountedRow = WatchRow & { lives: number | null; pending_alerts: number | null };

function watchOf(row: CountedRow): Watch {
  return {
    id: row.id,
    platform: row.platform,
    handle: row.handle,
    url: row.url,
    displayName: row.display_name,
    state: row.state,
    reason: row.reason as PresenceReason,
    stateSince: row.state_since,
    policy: row.policy,
    priority: row.priority,
    paused: row.paused === 1,
    language: row.language,
    model: row.model,
    caseId: row.case_id,
    followers: row.followers,
    liveId: row.live_id,
    lives: row.lives ?? 0,
    lastLiveAt: row.last_live_at,
    pendingAlerts: row.pending_alerts ?? 0,
    lastCheckAt: row.last_check_at,
    lastError: row.last_error === null ? null : (JSON.parse(row.last_error) as Watch['lastError']),
    nextCheckAt: row.paused === 1 ? null : row.next_check_at,
    createdAt: row.created_at,
  };
}
