import { sql } from 'kysely';
import type { AlertStatus } from '#shared/model/alert.ts';
import type { RuleHit } from '#shared/model/rule.ts';
import type { HitOutcome, RuleQuote } from '#shared/model/rule-cause.ts';
import type { Category, Target } from '#shared/model/verdict.ts';
import { newId } from '#shared/ids.ts';
import type { Clock } from '../base/clock.ts';
import type { Store } from '../db/store.ts';
import type { NumberedText } from './window.ts';

/** A written segment with what the embedded analyser found, and its alert. */
export type HistoryRow = {
  id: string;
  number: number;
  start_ms: number;
  text: string;
  language: string | null;
  category: Category | null;
  target: Target | null;
  score_bp: number | null;
  status: AlertStatus | null;
};

/** SQL of what rules matched, and of what was heard so far. Writes expect to run inside a service's transaction. */
export type HitsStore = ReturnType<typeof createHitsStore>;

export function createHitsStore(store: Store, clock: Clock) {
  const q = store.build;
  const before = store.prepare<{ live: string; from: number; number: number }, NumberedText>((slot) =>
    q
      .selectFrom('segments')
      .select(['number', 'text'])
      .where('live_id', '=', slot('live'))
      .where('number', '>=', slot('from'))
      .where('number', '<', slot('number'))
      .where('text', '<>', '')
      .orderBy('number'),
  );
  const insert = store.prepare<{
    id: string;
    rule: string;
    version: number;
    segment: string;
    outcome: HitOutcome;
    quotes: string;
    alert: string | null;
    at: number;
  }>((slot) =>
    q
      .insertInto('rule_hits')
      .values({
        id: slot('id'),
        rule_id: slot('rule'),
        version: slot('version'),
        segment_id: slot('segment'),
        outcome: slot('outcome'),
        quotes: slot('quotes'),
        alert_id: slot('alert'),
        at: slot('at'),
      })
      .onConflict((conflict) => conflict.doNothing()),
  );
  const page = store.prepare<{ live: string; after: number; limit: number }, HistoryRow>(
    (slot) =>
      q
        .selectFrom('segments')
        .leftJoin('verdicts', (join) =>
          join.onRef('verdicts.segment_id', '=', 'segments.id').on('verdicts.id', '=', (e) =>
            e
              .selectFrom('verdicts as v')
              .whereRef('v.segment_id', '=', 'segments.id')
              .where('v.engine', '=', sql.lit('embedded'))
              .select((x) => x.fn.max('v.id').as('id')),
          ),
        )
        .leftJoin('alerts', 'alerts.segment_id', 'segments.id')
        .leftJoin('review_items', 'review_items.id', 'alerts.item_id')
        .select(['segments.id', 'number', 'start_ms', 'text', 'language', 'category', 'target'])
        .select(['verdicts.score_bp', 'review_items.status'])
        .where('segments.live_id', '=', slot('live'))
        .where('segments.number', '>', slot('after'))
        .where('segments.state', '=', sql.lit('written'))
        .orderBy('segments.number')
        .limit(slot('limit')) as never,
  );
  return {
    /** Texts of the `count` segments just before, oldest first. */
    before: (liveId: string, number: number, count: number): NumberedText[] =>
      before.all({ live: liveId, from: number - count, number }),
    /** Keeps a match; once for a version of a rule and a segment. @returns whether it is a new one */
    keep(hit: {
      ruleId: string;
      version: number;
      segmentId: string;
      outcome: HitOutcome;
      quotes: readonly RuleQuote[];
      alertId: string | null;
    }): boolean {
      const at = clock.now();
      const { ruleId: rule, version, segmentId: segment, outcome, alertId: alert } = hit;
      const quotes = JSON.stringify(hit.quotes);
      return insert.run({ id: newId(at), rule, version, segment, outcome, quotes, alert, at }) > 0;
    },
    /** Lives in which something was written down, the newest first. */
    livesWritten: (liveId: string | null) => {
      let query = q
        .selectFrom('lives')
        .select(['id', 'title', 'account', 'case_id'])
        .select((e) =>
          e
            .selectFrom('segments')
            .whereRef('segments.live_id', '=', 'lives.id')
            .where('segments.state', '=', sql.lit('written'))
            .select((x) => x.fn.countAll<number>().as('n'))
            .as('written'),
        )
        .orderBy('lives.id', 'desc');
      if (liveId !== null) query = query.where('lives.id', '=', liveId);
      return store.all(query).map(({ written, ...live }) => ({ ...live, written: written ?? 0 }));
    },
    page: (liveId: string, after: number, limit: number): HistoryRow[] => page.all({ live: liveId, after, limit }),
    /** What a rule matched while it ran, the newest first. */
    ofRule(ruleId: string, options: { before?: string; limit: number }) {
      let query = q
        .selectFrom('rule_hits')
        .innerJoin('segments', 'segments.id', 'rule_hits.segment_id')
        .innerJoin('lives', 'lives.id', 'segments.live_id')
        .leftJoin('alerts', 'alerts.segment_id', 'segments.id')
        .leftJoin('review_items', 'review_items.id', 'alerts.item_id')
        .select([
          'rule_hits.id',
          'rule_hits.version',
          'rule_hits.outcome',
          'rule_hits.quotes',
          'rule_hits.at',
          'rule_hits.segment_id as segmentId',
        ])
        .select(['segments.live_id as liveId', 'lives.title as liveTitle', 'lives.account', 'segments.number'])
        .select(['segments.start_ms as startMs', 'segments.text', 'review_items.status as alert'])
        .where('rule_hits.rule_id', '=', ruleId)
        .orderBy('rule_hits.id', 'desc')
        .limit(options.limit);
      if (options.before !== undefined) query = query.where('rule_hits.id', '<', options.before);
      return store
        .all(query)
        .map(({ quotes, ...row }): KeptHit => ({ ...row, quotes: JSON.parse(quotes) as RuleQuote[] }));
    },
  };
}

export type KeptHit = RuleHit & { id: string; version: number; outcome: HitOutcome; at: number };
