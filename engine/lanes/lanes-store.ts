import { sql } from 'kysely';
import type { Clock } from '../base/clock.ts';
import type { Store } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';
import { transcribeKind } from '../transcribe/transcribe-job.ts';
import type { Measured, TimedSegment } from './capacity.ts';
import type { Lane, Waiting } from './next-turn.ts';

export type LaneRow = Tables['live_lanes'];

/** What waits of one live in one lane, and with which model it is to be written down. */
export type Head = Waiting & { model: string };
export type WaitingSegment = { id: string; number: number; startMs: number; endMs: number; heardAt: number };

/** Written into the SQL, so that SQLite can use the partial indexes. */
const heard = sql.lit('heard' as const);
const waiting = sql.lit('waiting' as const);
const number = (lane: Lane): 0 | 1 => (lane === 'live' ? 0 : 1);
/** Segments whose verdicts say how risky a live is at the moment: some two minutes of speech. */
const recentSegments = 40;
/** Segments that the cost of sound is taken from: some twenty minutes of speech. */
const measuredSegments = 200;

/** SQL of lanes: what waits, in which lane, and what was changed about that. */
export type LanesStore = ReturnType<typeof createLanesStore>;

export function createLanesStore(store: Store, clock: Clock) {
  const q = store.build;
  const livesWaiting = store.prepare<
    Record<string, never>,
    { id: string; model: string; priority: number; lighter_model: string | null; in_order: number | null }
  >(() =>
    q
      .selectFrom('lives')
      .leftJoin('live_lanes', 'live_lanes.live_id', 'lives.id')
      .where('lives.open_count', '>', sql.lit(0))
      .where((e) => e(e.fn.coalesce('live_lanes.paused', sql.lit(0)), '=', 0))
      .select(['lives.id', 'lives.model', 'lives.priority', 'live_lanes.lighter_model', 'live_lanes.in_order']),
  );
  const waitingOf = () =>
    q
      .selectFrom('segments')
      .innerJoin('jobs', (join) =>
        join.on('jobs.key', '=', (e) => sql`${sql.lit(`${transcribeKind}:`)} || ${e.ref('segments.id')}`),
      )
      .where('segments.state', '=', heard)
      .where('jobs.state', '=', waiting);
  const segmentColumns = [
    'segments.id',
    'segments.number',
    'segments.start_ms as startMs',
    'segments.end_ms as endMs',
    'segments.heard_at as heardAt',
  ] as const;
  const dueInLane = store.prepare<{ live: string; lane: 0 | 1; now: number; limit: number }, WaitingSegment>((slot) =>
    waitingOf()
      .where('segments.live_id', '=', slot('live'))
      .where('segments.lane', '=', slot('lane'))
      .where('jobs.due_at', '<=', slot('now'))
      .select(segmentColumns)
      .orderBy('segments.number')
      .limit(slot('limit')),
  );
  const riskOf = store.prepare<{ live: string; from: number }, { score: number | null }>((slot) =>
    q
      .selectFrom('segments')
      .innerJoin('verdicts', 'verdicts.segment_id', 'segments.id')
      .where('segments.live_id', '=', slot('live'))
      .where('segments.number', '>', slot('from'))
      .where('verdicts.is_current', '=', sql.lit(1))
      .select((e) => e.fn.max('verdicts.score_bp').as('score')),
  );
  const alertOpen = store.prepare<{ live: string }, { id: string }>((slot) =>
    q
      .selectFrom('alerts')
      .innerJoin('review_items', 'review_items.id', 'alerts.item_id')
      .where('alerts.live_id', '=', slot('live'))
      .where('review_items.status', '=', sql.lit('pending' as const))
      .select('alerts.id')
      .limit(1),
  );
  const lastNumber = store.prepare<{ live: string }, { number: number }>((slot) =>
    q.selectFrom('segments').where('live_id', '=', slot('live')).select('number').orderBy('number', 'desc').limit(1),
  );
  const newestWritten = store.prepare<{ live: string }, { number: number }>((slot) =>
    q
      .selectFrom('segments')
      .where('live_id', '=', slot('live'))
      .where('written_at', 'is not', null)
      .select('number')
      .orderBy('number', 'desc')
      .limit(1),
  );
  const firstWaitingAfter = store.prepare<{ live: string; after: number }, { at: number }>((slot) =>
    q
      .selectFrom('segments')
      .where('live_id', '=', slot('live'))
      .where('lane', '=', sql.lit(0 as const))
      .where('state', '=', heard)
      .where('number', '>', slot('after'))
      .select('heard_at as at')
      .orderBy('number')
      .limit(1),
  );
  const lanesRow = store.prepare<{ live: string }, LaneRow>((slot) =>
    q.selectFrom('live_lanes').selectAll().where('live_id', '=', slot('live')),
  );
  const openIn = store.prepare<{ live: string; lane: 0 | 1 }, { segments: number; soundMs: number | null }>((slot) =>
    q
      .selectFrom('segments')
      .where('live_id', '=', slot('live'))
      .where('lane', '=', slot('lane'))
      .where('state', '=', heard)
      .select((e) => [
        e.fn.countAll<number>().as('segments'),
        sql<number | null>`sum(end_ms - start_ms)`.as('soundMs'),
      ]),
  );

  const timedWith = store.prepare<{ model: string }, TimedSegment>((slot) =>
    q
      .selectFrom('segments')
      .where('speech_model_id', '=', slot('model'))
      .where('processing_ms', 'is not', null)
      .orderBy('row', 'desc')
      .limit(measuredSegments)
      .select([
        sql<number>`end_ms - start_ms`.as('soundMs'),
        sql<number>`processing_ms`.as('processingMs'),
        sql<number>`window_ms`.as('windowMs'),
      ]),
  );
  const newestHeard = store.prepare<Record<string, never>, { soundMs: number; voice: number }>(() =>
    q
      .selectFrom('segments')
      .orderBy('row', 'desc')
      .limit(2 * measuredSegments)
      .select([
        sql<number>`end_ms - start_ms`.as('soundMs'),
        sql<number>`state <> 'silent' OR processing_ms IS NOT NULL`.as('voice'),
      ]),
  );

  const risk = (liveId: string) => {
    if (alertOpen.get({ live: liveId })) return 10_000;
    return (
      riskOf.get({ live: liveId, from: (lastNumber.get({ live: liveId })?.number ?? 0) - recentSegments })?.score ?? 0
    );
  };

  return {
    /** The oldest sound that is due, for each live and lane; paused lives apart. */
    heads(): Head[] {
      const now = clock.now();
      return livesWaiting.all({}).flatMap((live) => {
        const model = live.lighter_model ?? live.model;
        const lanes: Head[] = [];
        for (const lane of ['live', 'backfill'] as const) {
          const [first] = dueInLane.all({ live: live.id, lane: number(lane), now, limit: 1 });
          if (first)
            lanes.push({
              liveId: live.id,
              lane,
              model,
              priority: live.priority,
              riskBp: risk(live.id),
              since: first.heardAt,
            });
        }
        return lanes;
      });
    },
    /** What waits of a live in one lane and is due, in the order it was said. */
    due: (liveId: string, lane: Lane, limit: number) =>
      dueInLane.all({ live: liveId, lane: number(lane), now: clock.now(), limit }),
    /** Everything of a live that waits in one lane, due or not. */
    waiting: (liveId: string, lane: Lane): WaitingSegment[] =>
      store.all(
        waitingOf()
          .where('segments.live_id', '=', liveId)
          .where('segments.lane', '=', number(lane))
          .select(segmentColumns)
          .orderBy('segments.number'),
      ),
    move(segmentIds: readonly string[], to: Lane) {
      for (const id of segmentIds)
        store.run(
          q
            .updateTable('segments')
            .set({ lane: number(to) })
            .where('id', '=', id)
            .where('state', '=', heard),
        );
    },
    /**
     * How long the first sound after the newest written text has waited since it was cut, ms; 0 when none waits. Sound in the backfill
     * lane is behind by choice and does not count.
     */
    lagMs(liveId: string): number {
      const after = newestWritten.get({ live: liveId })?.number ?? 0;
      const first = firstWaitingAfter.get({ live: liveId, after });
      return first ? Math.max(0, clock.now() - first.at) : 0;
    },
    open: (liveId: string, lane: Lane) => {
      const found = openIn.get({ live: liveId, lane: number(lane) });
      return { segments: found?.segments ?? 0, soundMs: found?.soundMs ?? 0 };
    },
    /** What was measured here with a model file, by its name; what a server wrote down says nothing about this machine. */
    measured(modelName: string): Omit<Measured, 'sideBySide'> {
      const models = store.all(
        q.selectFrom('speech_models').select('id').where('name', '=', modelName).where('worker', '!=', 'remote'),
      );
      const heardLately = newestHeard.all({});
      const sum = (pieces: readonly { soundMs: number }[]) => pieces.reduce((total, { soundMs }) => total + soundMs, 0);
      return {
        timed: models.flatMap(({ id }) => timedWith.all({ model: id })),
        voiceMs: sum(heardLately.filter(({ voice }) => voice === 1)),
        heardMs: sum(heardLately),
      };
    },
    row: (liveId: string): LaneRow =>
      lanesRow.get({ live: liveId }) ?? {
        live_id: liveId,
        lane: 0,
        paused: 0,
        in_order: 0,
        lighter_model: null,
        behind_since: null,
      },
    change(liveId: string, changes: Partial<Omit<LaneRow, 'live_id'>>) {
      store.run(
        q
          .insertInto('live_lanes')
          .values({
            lane: 0,
            paused: 0,
            in_order: 0,
            lighter_model: null,
            behind_since: null,
            ...changes,
            live_id: liveId,
          })
          .onConflict((conflict) => conflict.column('live_id').doUpdateSet(changes)),
      );
    },
  };
}
