import type { Decision, DecisionVerdict } from '#shared/model/review.ts';
import { sql } from 'kysely';
import { newId } from '#shared/ids.ts';
import type { Clock } from '../base/clock.ts';
import type { Store } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

export type ReviewStore = ReturnType<typeof createReviewStore>;
export type ItemRow = Tables['review_items'];
export type DecisionRow = Tables['decisions'];

/** Where a page of the queue goes on: the sort key of its last item. */
export type QueueCursor = { laneRank: number; scoreBp: number; createdAt: number; id: string };

/** SQL of the queue, of decisions (append-only) and of their effects. */
/** Written into the SQL, not bound: SQLite uses a partial index only when it can read its condition in the query. */
const pending = sql.lit('pending' as const);

export function createReviewStore(store: Store, clock: Clock) {
  const q = store.build;
  const item = store.prepare<{ id: string }, ItemRow>((slot) =>
    q.selectFrom('review_items').selectAll().where('id', '=', slot('id')),
  );
  const ofItem = store.prepare<{ item: string }, DecisionRow>((slot) =>
    q.selectFrom('decisions').selectAll().where('item_id', '=', slot('item')).orderBy('id'),
  );

  return {
    item: (id: string) => item.get({ id }),
    pendingCount: () =>
      store.get(
        q
          .selectFrom('review_items')
          .select((e) => e.fn.countAll<number>().as('n'))
          .where('status', '=', pending),
      )?.n ?? 0,
    /** By lane, then highest score, then oldest. */
    pending(limit: number, after: QueueCursor | null): ItemRow[] {
      let query = q
        .selectFrom('review_items')
        .selectAll()
        .where('status', '=', pending)
        .orderBy('lane_rank')
        .orderBy('score_bp', 'desc')
        .orderBy('created_at')
        .orderBy('id')
        .limit(limit);
      if (after) {
        query = query.where((e) =>
          e(
            e.refTuple('lane_rank', e.neg(e.ref('score_bp')) as never, 'created_at', 'id'),
            '>',
            e.tuple(after.laneRank, -after.scoreBp, after.createdAt, after.id) as never,
          ),
        );
      }
      return store.all(query);
    },
    /** The most recently decided first; `before` skips that many rows' time. */
    decided(limit: number, before: { decidedAt: number; id: string } | null): ItemRow[] {
      let query = q
        .selectFrom('review_items')
        .selectAll()
        .where('status', '<>', pending)
        .orderBy('decided_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit);
      if (before)
        query = query.where((e) => e(e.refTuple('decided_at', 'id'), '<', e.tuple(before.decidedAt, before.id)));
      return store.all(query);
    },
    setStatus(id: string, status: ItemRow['status'], version: number) {
      store.run(
        q
          .updateTable('review_items')
          .set({ status, version, decided_at: status === 'pending' ? null : clock.now() })
          .where('id', '=', id),
      );
    },
    addDecision(decision: Omit<DecisionRow, 'id' | 'at'>): DecisionRow {
      const at = clock.now();
      const row = { id: newId(at), at, ...decision };
      store.run(q.insertInto('decisions').values(row));
      return row;
    },
    decision: (id: string) => store.get(q.selectFrom('decisions').selectAll().where('id', '=', id)),
    /** Every decision on an item, oldest first, each with its undo folded in. */
    history(itemId: string): Decision[] {
      const rows = ofItem.all({ item: itemId });
      return rows.filter((row) => row.verdict !== 'undo').map((row) => decisionOf(row, rows));
    },
    addEffect(effect: { decisionId: string; kind: 'stop-capture'; subjectId: string; dueAt: number }): string {
      const at = clock.now();
      const id = newId(at);
      store.run(
        q.insertInto('effects').values({
          id,
          decision_id: effect.decisionId,
          kind: effect.kind,
          subject_id: effect.subjectId,
          state: 'waiting',
          due_at: effect.dueAt,
          at,
        }),
      );
      return id;
    },
    effects: (decisionId: string) =>
      store.all(q.selectFrom('effects').selectAll().where('decision_id', '=', decisionId)),
    effect: (id: string) => store.get(q.selectFrom('effects').selectAll().where('id', '=', id)),
    setEffect(id: string, state: Tables['effects']['state']) {
      store.run(q.updateTable('effects').set({ state }).where('id', '=', id));
    },
  };
}

/** A decision with what became of it; `all` holds the item's rows, undo rows included. */
export function decisionOf(row: DecisionRow, all: readonly DecisionRow[]): Decision {
  const undone = all.find((other) => other.undoes === row.id);
  return {
    id: row.id,
    itemId: row.item_id,
    verdict: row.verdict as DecisionVerdict,
    reason: row.reason as Decision['reason'],
    note: row.note,
    statement: row.statement,
    stopCapture: row.stop_capture === 1,
    by: row.by_name,
    at: row.at,
    undoneAt: undone?.at ?? null,
    undoneBy: undone?.by_name ?? null,
  };
}
