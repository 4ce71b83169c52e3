import { sql } from 'kysely';
import { newId } from '#shared/ids.ts';
import type { Clock } from '../base/clock.ts';
import type { Store } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';
import type { SoundCase, Stretch } from './what-may-go.ts';

export type DropRow = Tables['sound_drops'];
export type SoundStore = ReturnType<typeof createSoundStore>;

/** SQL of what may be erased and what was. Writes expect to run inside a service's transaction. */
export function createSoundStore(store: Store, clock: Clock) {
  const q = store.build;
  return {
    /** Lives that may lose sound: chosen so, over since `endedBefore`, nothing of them under review or erased yet. Oldest first. */
    candidates: (endedBefore: number, limit: number): string[] =>
      store
        .all(
          q
            .selectFrom('lives')
            .select('id')
            .where('keep_audio', '=', sql.lit(0))
            .where('sound_dropped_at', 'is', null)
            .where('ended_at', '<=', endedBefore)
            .where('state', '<>', 'en_cours')
            .where((e) =>
              e.not(
                e.exists(
                  e
                    .selectFrom('alerts')
                    .innerJoin('review_items', 'review_items.id', 'alerts.item_id')
                    .select('alerts.id')
                    .whereRef('alerts.live_id', '=', 'lives.id')
                    .where('review_items.status', '=', sql.lit('pending' as const)),
                ),
              ),
            )
            .orderBy('ended_at')
            .limit(limit),
        )
        .map(({ id }) => id),
    /** What is known of a live, but for its files; undefined when there is no such live. */
    caseOf(liveId: string): Omit<SoundCase, 'files'> | undefined {
      const live = store.get(q.selectFrom('lives').selectAll().where('id', '=', liveId));
      if (!live) return undefined;
      const segments = store.all(
        q
          .selectFrom('segments')
          .leftJoin('verdicts', (join) =>
            join.onRef('verdicts.segment_id', '=', 'segments.id').on('verdicts.is_current', '=', sql.lit(1)),
          )
          .select(['segments.start_ms', 'segments.end_ms', 'segments.state', 'verdicts.id as verdict'])
          .where('segments.live_id', '=', liveId)
          .orderBy('segments.number'),
      );
      const alerts = store.all(
        q
          .selectFrom('alerts')
          .innerJoin('segments', 'segments.id', 'alerts.segment_id')
          .innerJoin('review_items', 'review_items.id', 'alerts.item_id')
          .select(['segments.start_ms', 'segments.end_ms', 'review_items.status'])
          .where('alerts.live_id', '=', liveId),
      );
      const notes = store.all(
        q.selectFrom('notes').select('at_ms').where('live_id', '=', liveId).where('removed_at', 'is', null),
      );
      // What a person read otherwise than the recogniser is contested: its sound is the only judge.
      const edited = store.all(
        q
          .selectFrom('segment_edits')
          .innerJoin('segments', 'segments.id', 'segment_edits.segment_id')
          .select(['segments.start_ms', 'segments.end_ms'])
          .distinct()
          .where('segments.live_id', '=', liveId),
      );
      return {
        keepAudio: live.keep_audio === 1,
        over: live.state !== 'en_cours' && live.outcome !== null && live.open_count === 0,
        endedAt: live.ended_at,
        segments: segments.map((row) => ({
          startMs: row.start_ms,
          endMs: row.end_ms,
          settled:
            row.state === 'silent' || row.state === 'filtered' || (row.state === 'written' && row.verdict !== null),
        })),
        alerts: alerts.map((row) => ({ startMs: row.start_ms, endMs: row.end_ms, open: row.status === 'pending' })),
        notes: [
          ...notes.map(({ at_ms: at }) => ({ startMs: at, endMs: at + 1 })),
          ...edited.map((row) => ({ startMs: row.start_ms, endMs: row.end_ms })),
        ],
      };
    },
    decide(liveId: string, drops: readonly Stretch[], afterMs: number) {
      const at = clock.now();
      for (const { startMs, endMs } of drops)
        store.run(
          q.insertInto('sound_drops').values({
            id: newId(at),
            live_id: liveId,
            start_ms: startMs,
            end_ms: endMs,
            state: 'decided',
            after_ms: afterMs,
            decided_at: at,
            done_at: null,
          }),
        );
      store.run(q.updateTable('lives').set({ sound_dropped_at: at }).where('id', '=', liveId));
    },
    /** Lives of which something decided is not erased yet. */
    unfinished: (): string[] =>
      store
        .all(
          q
            .selectFrom('sound_drops')
            .select('live_id')
            .distinct()
            .where('state', '=', sql.lit('decided' as const)),
        )
        .map(({ live_id }) => live_id),
    dropsOf: (liveId: string): DropRow[] =>
      store.all(q.selectFrom('sound_drops').selectAll().where('live_id', '=', liveId).orderBy('start_ms')),
    done(id: string) {
      store.run(q.updateTable('sound_drops').set({ state: 'done', done_at: clock.now() }).where('id', '=', id));
    },
    /** What was decided and is not erased stays after all: from `endMs` on; without it all of it. */
    shorten(id: string, endMs: number | null) {
      if (endMs === null) store.run(q.deleteFrom('sound_drops').where('id', '=', id));
      else store.run(q.updateTable('sound_drops').set({ end_ms: endMs }).where('id', '=', id));
    },
    isUntouched: (liveId: string): boolean =>
      store.get(q.selectFrom('sound_drops').select('id').where('live_id', '=', liveId).limit(1)) === undefined,
    setLive(liveId: string, changes: Partial<Pick<Tables['lives'], 'keep_audio' | 'sound_dropped_at'>>) {
      store.run(q.updateTable('lives').set(changes).where('id', '=', liveId));
    },
  };
}
