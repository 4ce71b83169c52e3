import { sql } from 'kysely';
import type { Alert } from '#shared/model/alert.ts';
import type { RuleCause } from '#shared/model/rule-cause.ts';
import { type AlertReason, type Lane, lanes } from '#shared/policy/alerting.ts';
import { newId } from '#shared/ids.ts';
import type { Clock } from '../base/clock.ts';
import type { Store } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

export type AlertsStore = ReturnType<typeof createAlertsStore>;
export type AlertWithText = Alert & { text: string };

/** SQL of alerts and of the review item that each one is. */
export function createAlertsStore(store: Store, clock: Clock) {
  const q = store.build;
  const joined = () =>
    q
      .selectFrom('alerts')
      .innerJoin('review_items', 'review_items.id', 'alerts.item_id')
      .innerJoin('segments', 'segments.id', 'alerts.segment_id')
      .innerJoin('lives', 'lives.id', 'alerts.live_id')
      .selectAll('alerts')
      .select([
        'review_items.status',
        'segments.number',
        'segments.start_ms',
        'segments.end_ms',
        'segments.text',
        'lives.title',
        'lives.account',
      ])
      .select(
        sql<string>`(SELECT json_group_array(json_object('ruleId', h.rule_id, 'version', h.version, 'outcome', h.outcome, 'hash', v.hash,
          'name', v.definition ->> '$.name', 'lane', v.definition ->> '$.lane', 'quotes', json(h.quotes)) ORDER BY h.id)
          FROM rule_hits h JOIN rule_versions v ON v.rule_id = h.rule_id AND v.version = h.version WHERE h.alert_id = alerts.id)`.as(
          'causes',
        ),
      );
  type Row = Tables['alerts'] & {
    status: Alert['status'];
    number: number;
    start_ms: number;
    end_ms: number;
    text: string;
    title: string;
    account: string | null;
    causes: string;
  };

  const byId = store.prepare<{ id: string }, Row>((slot) => joined().where('alerts.id', '=', slot('id')) as never);

  return {
    bySegment: (segmentId: string) => store.get(q.selectFrom('alerts').selectAll().where('segment_id', '=', segmentId)),
    /** A new alert and its pending review item. */
    raise(alert: { liveId: string; segmentId: string; lane: Lane; reasons: AlertReason[]; scoreBp: number }): {
      alertId: string;
      itemId: string;
    } {
      const at = clock.now();
      const alertId = newId(at);
      const itemId = newId(at);
      store.run(
        q.insertInto('review_items').values({
          id: itemId,
          kind: 'alert',
          subject_id: alertId,
          lane_rank: lanes.indexOf(alert.lane),
          score_bp: alert.scoreBp,
          status: 'pending',
          version: 1,
          created_at: at,
          decided_at: null,
        }),
      );
      store.run(
        q.insertInto('alerts').values({
          id: alertId,
          live_id: alert.liveId,
          segment_id: alert.segmentId,
          item_id: itemId,
          lane: alert.lane,
          reasons: JSON.stringify(alert.reasons),
          score_bp: alert.scoreBp,
          at,
        }),
      );
      return { alertId, itemId };
    },
    /** An open alert takes the higher of two opinions about its segment. */
    join(alertId: string, itemId: string, changes: { lane: Lane; reasons: AlertReason[]; scoreBp: number }) {
      store.run(
        q
          .updateTable('alerts')
          .set({ lane: changes.lane, reasons: JSON.stringify(changes.reasons), score_bp: changes.scoreBp })
          .where('id', '=', alertId),
      );
      store.run(
        q
          .updateTable('review_items')
          .set({ lane_rank: lanes.indexOf(changes.lane), score_bp: changes.scoreBp })
          .where('id', '=', itemId),
      );
    },
    get(alertId: string): AlertWithText | undefined {
      const row = byId.get({ id: alertId });
      return row && alertOf(row);
    },
    /** Newest first; `before` is the id of the last one seen. */
    list(options: { status?: Alert['status']; liveId?: string; before?: string; limit: number }): AlertWithText[] {
      let query = joined().orderBy('alerts.id', 'desc').limit(options.limit);
      if (options.status) query = query.where('review_items.status', '=', options.status);
      if (options.liveId) query = query.where('alerts.live_id', '=', options.liveId);
      if (options.before) query = query.where('alerts.id', '<', options.before);
      return (store.all(query) as Row[]).map(alertOf);
    },
    ofLive: (liveId: string): AlertWithText[] =>
      (store.all(joined().where('alerts.live_id', '=', liveId).orderBy('segments.number')) as Row[]).map(alertOf),
  };

  function alertOf(row: Row): AlertWithText {
    return {
      id: row.id,
      liveId: row.live_id,
      liveTitle: row.title,
      account: row.account,
      itemId: row.item_id,
      segmentId: row.segment_id,
      segmentNumber: row.number,
      startMs: row.start_ms,
      endMs: row.end_ms,
      lane: row.lane as Lane,
      reasons: JSON.parse(row.reasons) as AlertReason[],
      rules: JSON.parse(row.causes) as RuleCause[],
      scoreBp: row.score_bp,
      status: row.status,
      at: row.at,
      text: row.text,
    };
  }
}
