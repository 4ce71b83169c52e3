import { sql } from 'kysely';
import type { Gap, GapCause, Live } from '#shared/model/live.ts';
import type { Source } from '#shared/model/source.ts';
import { newId } from '#shared/ids.ts';
import type { Clock } from '../base/clock.ts';
import type { Store } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

export type LiveRow = Tables['lives'];
export type Pace = { realtimeForMs: number | null } | null;

/** Nobody waits for the words of a file or of what is piped in: they are written down when there is time. */
export const isFollowed = (kind: Source['kind']): boolean => kind !== 'file' && kind !== 'stdin';

/** What starts at nothing and is counted as the live goes on. */
type Counted = 'segment_count' | 'open_count' | 'gap_count' | 'alert_count' | 'captured_ms' | 'max_score_bp';
/** What a live that no watch and no case asked for goes without. */
type Belonging = 'watch_id' | 'case_id' | 'priority' | 'keep_audio' | 'sound_dropped_at';

/** SQL of lives and their gaps. Writes expect to run inside a service's transaction. */
export type LivesStore = ReturnType<typeof createLivesStore>;

export function createLivesStore(store: Store, clock: Clock) {
  const q = store.build;
  const byId = store.prepare<{ id: string }, LiveRow>((slot) =>
    q.selectFrom('lives').selectAll().where('id', '=', slot('id')),
  );

  const addSegment = store.prepare<{ id: string; open: number; captured: number }>((slot) =>
    q
      .updateTable('lives')
      .set((e) => ({
        segment_count: e('segment_count', '+', 1),
        open_count: e('open_count', '+', slot('open')),
        captured_ms: e.fn<number>('max', ['captured_ms', e.val(slot('captured'))]),
      }))
      .where('id', '=', slot('id')),
  );

  function withCounts() {
    return q
      .selectFrom('lives')
      .selectAll('lives')
      .select((e) => [
        e
          .selectFrom('alerts')
          .innerJoin('review_items', 'review_items.id', 'alerts.item_id')
          .whereRef('alerts.live_id', '=', 'lives.id')
          .where('review_items.status', '=', sql.lit('pending' as const))
          .select((x) => x.fn.countAll<number>().as('n'))
          .as('pending_alerts'),
        // How far the words have come without a hole: up to the first segment that still waits.
        e
          .selectFrom('segments')
          .whereRef('segments.live_id', '=', 'lives.id')
          // Literal, so that SQLite can use the partial index.
          .where('segments.state', '=', sql.lit('heard' as const))
          .select((x) => x.fn.min('segments.start_ms').as('n'))
          .as('first_open_ms'),
        e
          .selectFrom('segments')
          .whereRef('segments.live_id', '=', 'lives.id')
          .select('segments.end_ms')
          .orderBy('segments.number', 'desc')
          .limit(1)
          .as('last_end_ms'),
      ]);
  }
  type CountedRow = LiveRow & {
    pending_alerts: number | null;
    first_open_ms: number | null;
    last_end_ms: number | null;
  };

  return {
    row: (id: string) => byId.get({ id }),
    insert(live: Omit<LiveRow, Counted | Belonging> & Partial<Pick<LiveRow, Belonging>>) {
      store.run(
        q.insertInto('lives').values({
          watch_id: null,
          case_id: null,
          priority: 1,
          keep_audio: 1,
          sound_dropped_at: null,
          ...live,
          captured_ms: 0,
          segment_count: 0,
          open_count: 0,
          gap_count: 0,
          alert_count: 0,
          max_score_bp: null,
        }),
      );
    },
    update(id: string, changes: Partial<LiveRow>) {
      store.run(q.updateTable('lives').set(changes).where('id', '=', id));
    },
    addSegment: (id: string, segment: { open: boolean; endMs: number }) =>
      addSegment.run({ id, open: segment.open ? 1 : 0, captured: segment.endMs }),
    closeSegment(id: string) {
      store.run(
        q
          .updateTable('lives')
          .set((e) => ({ open_count: e('open_count', '-', 1) }))
          .where('id', '=', id),
      );
    },
    raiseScore(id: string, scoreBp: number) {
      store.run(
        q
          .updateTable('lives')
          .set({ max_score_bp: scoreBp })
          .where('id', '=', id)
          .where((e) => e.or([e('max_score_bp', 'is', null), e('max_score_bp', '<', scoreBp)])),
      );
    },
    countAlert(id: string) {
      store.run(
        q
          .updateTable('lives')
          .set((e) => ({ alert_count: e('alert_count', '+', 1) }))
          .where('id', '=', id),
      );
    },
    /** Lives whose capture has not ended: what a start after a crash must take up again. */
    unfinished: () => store.all(q.selectFrom('lives').selectAll().where('state', '=', 'en_cours').orderBy('id')),
    /** Whether the case a live belongs to allows its sound to leave this laptop. */
    mayBeSentAway: (id: string): boolean =>
      store.get(
        q
          .selectFrom('lives')
          .innerJoin('cases', 'cases.id', 'lives.case_id')
          .select('cases.remote_speech as consent')
          .where('lives.id', '=', id)
          .where('cases.closed_at', 'is', null),
      )?.consent === 1,
    countRunning: () =>
      store.get(
        q
          .selectFrom('lives')
          .select((e) => e.fn.countAll<number>().as('n'))
          .where('state', '=', 'en_cours')
          .where('capture_state', '!=', 'ended'),
      )?.n ?? 0,

    get(id: string): Live | undefined {
      const row = store.get(withCounts().where('lives.id', '=', id)) as CountedRow | undefined;
      return row && liveOf(row);
    },
    list(options: { states?: readonly LiveRow['state'][]; watchId?: string; before?: string; limit: number }): Live[] {
      let query = withCounts().orderBy('lives.id', 'desc').limit(options.limit);
      if (options.states) query = query.where('lives.state', 'in', options.states);
      if (options.watchId) query = query.where('lives.watch_id', '=', options.watchId);
      if (options.before) query = query.where('lives.id', '<', options.before);
      return (store.all(query) as CountedRow[]).map(liveOf);
    },

    /** Audience and title of a live as the platform tells them; kept when one of them changed. */
    addFigure(liveId: string, figure: { viewers: number | null; title: string | null }) {
      const last = store.get(
        q
          .selectFrom('live_figures')
          .select(['viewers', 'title'])
          .where('live_id', '=', liveId)
          .orderBy('at', 'desc')
          .limit(1),
      );
      if (last && last.viewers === figure.viewers && last.title === figure.title) return;
      const made = { live_id: liveId, at: clock.now(), ...figure };
      store.run(
        q
          .insertInto('live_figures')
          .values(made)
          .onConflict((conflict) => conflict.columns(['live_id', 'at']).doUpdateSet(made)),
      );
    },
    figures: (liveId: string) =>
      store.all(
        q.selectFrom('live_figures').select(['at', 'viewers', 'title']).where('live_id', '=', liveId).orderBy('at'),
      ),
    /** Words written down of a live. */
    words: (liveId: string): number =>
      store.get(
        q
          .selectFrom('segments')
          .select(
            sql<number | null>`sum(length(trim(text)) - length(replace(trim(text), ' ', '')) + (trim(text) <> ''))`.as(
              'n',
            ),
          )
          .where('live_id', '=', liveId),
      )?.n ?? 0,
    insertGap(gap: { liveId: string; startMs: number; endMs: number; cause: GapCause }): Gap {
      const at = clock.now();
      const made = { id: newId(at), ...gap };
      store.run(
        q
          .insertInto('gaps')
          .values({ id: made.id, live_id: gap.liveId, start_ms: gap.startMs, end_ms: gap.endMs, cause: gap.cause, at }),
      );
      store.run(
        q
          .updateTable('lives')
          .set((e) => ({ gap_count: e('gap_count', '+', 1) }))
          .where('id', '=', gap.liveId),
      );
      return made;
    },
    gaps: (liveId: string): Gap[] =>
      store.all(q.selectFrom('gaps').selectAll().where('live_id', '=', liveId).orderBy('start_ms')).map((row) => ({
        id: row.id,
        liveId: row.live_id,
        startMs: row.start_ms,
        endMs: row.end_ms,
        cause: row.cause as GapCause,
      })),
  };

  function liveOf(row: CountedRow): Live {
    return {
      id: row.id,
      title: row.title,
      account: row.account,
      sourceLabel: row.source_label,
      sourceKind: row.source_kind,
      state: row.state,
      captureState: row.capture_state as Live['captureState'],
      startedAt: row.started_at,
      endedAt: row.ended_at,
      endReason: row.end_reason,
      endError: row.end_error === null ? null : (JSON.parse(row.end_error) as Live['endError']),
      language: row.language,
      model: row.model,
      capturedMs: row.captured_ms,
      writtenMs: row.first_open_ms ?? row.last_end_ms ?? 0,
      sourceMs: row.source_ms,
      segments: row.segment_count,
      openSegments: row.open_count,
      gaps: row.gap_count,
      alerts: row.alert_count,
      pendingAlerts: row.pending_alerts ?? 0,
      maxScoreBp: row.max_score_bp,
      caseId: row.case_id,
      keepAudio: row.keep_audio === 1,
      soundDroppedAt: row.sound_dropped_at,
    };
  }
}

export const sourceOf = (row: LiveRow): Source => JSON.parse(row.source) as Source;
export const paceOf = (row: LiveRow): Pace => (row.pace === null ? null : (JSON.parse(row.pace) as Pace));
