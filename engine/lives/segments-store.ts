import { type Selectable, sql } from 'kysely';
import { languages, type SpokenLanguage } from '#shared/model/live.ts';
import type { Segment, Word } from '#shared/model/segment.ts';
import { newId } from '#shared/ids.ts';
import type { Clock } from '../base/clock.ts';
import type { Store } from '../db/store.ts';
import { type Tables, verdictColumns } from '../db/tables.ts';
import type { WeighedSegment } from './course.ts';
import { verdictOfRow } from './verdict-row.ts';

export type SegmentRow = Selectable<Tables['segments']>;
type JoinedRow = SegmentRow & { [K in keyof Tables['verdicts'] as `v_${K}`]: Tables['verdicts'][K] | null } & {
  alert_id: string | null;
  e_text: string | null;
  e_version: number | null;
  e_at: number | null;
  e_by: string | null;
  by_model: string | null;
  by_worker: string | null;
  by_library: string | null;
  by_device: string | null;
  by_device_name: string | null;
};

export type WrittenText = {
  state: 'written' | 'silent' | 'filtered';
  text: string;
  language: string | null;
  words: Word[];
  filtered: Segment['filtered'];
  trust: Segment['trust'];
  speechModelId: string | null;
  /** Length of the window it was heard in, and its share of the time that took, ms. */
  windowMs: number;
  processingMs: number;
};

/** SQL of segments: how they begin, get their words, and are read with their current verdict. */
export type SegmentsStore = ReturnType<typeof createSegmentsStore>;

export function createSegmentsStore(store: Store, clock: Clock) {
  const q = store.build;
  const insert = store.prepare<{
    id: string;
    live: string;
    number: number;
    start: number;
    end: number;
    state: SegmentRow['state'];
    now: number;
    lane: 0 | 1;
  }>((slot) =>
    q.insertInto('segments').values({
      id: slot('id'),
      live_id: slot('live'),
      number: slot('number'),
      start_ms: slot('start'),
      end_ms: slot('end'),
      state: slot('state'),
      text: '',
      words: '[]',
      filtered: '[]',
      heard_at: slot('now'),
      lane: slot('lane'),
    }),
  );
  const writtenColumns = [
    'state',
    'text',
    'language',
    'words',
    'filtered',
    'no_speech_bp',
    'mean_log_prob_milli',
    'compression_ratio_milli',
    'speech_ms',
    'speech_model_id',
    'written_at',
    'window_ms',
    'processing_ms',
  ] as const;
  const writeText = store.prepare<Pick<SegmentRow, 'id' | (typeof writtenColumns)[number]>>((slot) =>
    q
      .updateTable('segments')
      .set(Object.fromEntries(writtenColumns.map((name) => [name, slot(name)])))
      .where('id', '=', slot('id')),
  );
  const newestLanguage = store.prepare<{ live: string }, { language: string | null }>((slot) =>
    q
      .selectFrom('segments')
      .where('live_id', '=', slot('live'))
      .where('language', 'is not', null)
      .select('language')
      .orderBy('number', 'desc')
      .limit(1),
  );
  const last = store.prepare<{ live: string }, { number: number; end_ms: number }>((slot) =>
    q
      .selectFrom('segments')
      .select(['number', 'end_ms'])
      .where('live_id', '=', slot('live'))
      .orderBy('number', 'desc')
      .limit(1),
  );
  const rowById = store.prepare<{ id: string }, SegmentRow>((slot) =>
    q.selectFrom('segments').selectAll().where('id', '=', slot('id')),
  );

  const joined = () =>
    q
      .selectFrom('segments')
      .leftJoin('verdicts', (join) =>
        join.onRef('verdicts.segment_id', '=', 'segments.id').on('verdicts.is_current', '=', 1),
      )
      .leftJoin('alerts', 'alerts.segment_id', 'segments.id')
      .leftJoin('segment_edits', (join) =>
        join.onRef('segment_edits.segment_id', '=', 'segments.id').on('segment_edits.is_current', '=', sql.lit(1)),
      )
      .leftJoin('profiles', 'profiles.id', 'segment_edits.by_id')
      .leftJoin('speech_models', 'speech_models.id', 'segments.speech_model_id')
      .selectAll('segments')
      .select(verdictColumns.map((name) => `verdicts.${name} as v_${name}` as const))
      .select([
        'alerts.id as alert_id',
        'segment_edits.text as e_text',
        'segment_edits.version as e_version',
        'segment_edits.at as e_at',
        'profiles.name as e_by',
        'speech_models.name as by_model',
        'speech_models.worker as by_worker',
        'speech_models.library as by_library',
        'speech_models.device as by_device',
        'speech_models.device_name as by_device_name',
      ]);

  const pageFrom = store.prepare<{ live: string; from: number; limit: number }>((slot) =>
    joined()
      .where('segments.live_id', '=', slot('live'))
      .where('segments.number', '>=', slot('from'))
      .orderBy('segments.number')
      .limit(slot('limit')),
  );
  const joinedByRow = store.prepare<{ row: number }>((slot) => joined().where('segments.row', '=', slot('row')));
  const joinedById = store.prepare<{ id: string }>((slot) => joined().where('segments.id', '=', slot('id')));

  return {
    row: (id: string) => rowById.get({ id }),
    /** By its row, as the search index knows it. */
    atRow(row: number): Segment | undefined {
      const found = joinedByRow.get({ row }) as JoinedRow | undefined;
      return found && segmentOf(found);
    },
    /** The language of the newest words of a live; `auto` before there are any. */
    lastLanguage(liveId: string): SpokenLanguage {
      const found = newestLanguage.get({ live: liveId })?.language;
      return languages.find((known) => known === found) ?? 'auto';
    },
    /** Where the last segment of a live ends and which number it has; null before the first. */
    last: (liveId: string) => last.get({ live: liveId }) ?? null,
    insert(segment: {
      liveId: string;
      number: number;
      startMs: number;
      endMs: number;
      state: 'heard' | 'silent';
      /** 0 live, 1 backfill. */
      lane?: 0 | 1;
    }): string {
      const now = clock.now();
      const id = newId(now);
      insert.run({
        id,
        live: segment.liveId,
        number: segment.number,
        start: segment.startMs,
        end: segment.endMs,
        state: segment.state,
        now,
        lane: segment.lane ?? 0,
      });
      return id;
    },
    write(id: string, written: WrittenText) {
      writeText.run({
        id,
        state: written.state,
        text: written.text,
        language: written.language,
        words: JSON.stringify(written.words),
        filtered: JSON.stringify(written.filtered),
        no_speech_bp: written.trust.noSpeechBp,
        mean_log_prob_milli: written.trust.meanLogProbMilli,
        compression_ratio_milli: written.trust.compressionRatioMilli,
        speech_ms: written.trust.speechMs,
        speech_model_id: written.speechModelId,
        written_at: clock.now(),
        window_ms: written.windowMs,
        processing_ms: written.processingMs,
      });
    },
    fail(id: string, failure: string) {
      store.run(
        q.updateTable('segments').set({ state: 'failed', failure, written_at: clock.now() }).where('id', '=', id),
      );
    },
    get: (id: string): Segment | undefined => {
      const row = joinedById.get({ id });
      return row === undefined ? undefined : segmentOf(row as JoinedRow);
    },
    page: (liveId: string, fromNumber: number, limit: number): Segment[] =>
      (pageFrom.all({ live: liveId, from: fromNumber, limit }) as JoinedRow[]).map(segmentOf),
    /** Segments of a live that overlap [startMs, endMs), in order. */
    between: (liveId: string, startMs: number, endMs: number): Segment[] =>
      (
        store.all(
          joined()
            .where('segments.live_id', '=', liveId)
            .where('segments.start_ms', '<', endMs)
            .where('segments.end_ms', '>', startMs)
            .orderBy('segments.number'),
        ) as JoinedRow[]
      ).map(segmentOf),
    /** Place, current score and alert of every segment of a live, in order; no text. */
    weighed: (liveId: string): WeighedSegment[] =>
      store
        .all(
          q
            .selectFrom('segments')
            .leftJoin('verdicts', (join) =>
              join.onRef('verdicts.segment_id', '=', 'segments.id').on('verdicts.is_current', '=', sql.lit(1)),
            )
            .leftJoin('alerts', 'alerts.segment_id', 'segments.id')
            .select(['segments.number', 'segments.start_ms', 'segments.end_ms', 'verdicts.score_bp', 'alerts.id'])
            .where('segments.live_id', '=', liveId)
            .orderBy('segments.number'),
        )
        .map((row) => ({
          number: row.number,
          startMs: row.start_ms,
          endMs: row.end_ms,
          scoreBp: row.score_bp,
          alerts: row.id === null ? 0 : 1,
        })),
    /** Texts of the segments just before `number`, oldest first. */
    textsBefore: (liveId: string, number: number, count: number): string[] =>
      store
        .all(
          q
            .selectFrom('segments')
            .select('text')
            .where('live_id', '=', liveId)
            .where('number', '<', number)
            .where('number', '>=', number - count)
            .where('text', '!=', '')
            .orderBy('number'),
        )
        .map(({ text }) => text),
    /** Age in ms of the oldest sound that has no words yet, 0 when none waits. */
    oldestOpenMs: () => {
      const at = store.get(
        q
          .selectFrom('segments')
          .select((e) => e.fn.min('heard_at').as('at'))
          .where('state', '=', sql.lit('heard' as const)),
      )?.at;
      return typeof at === 'number' ? Math.max(0, clock.now() - at) : 0;
    },
    speechModel(model: Omit<Tables['speech_models'], 'id' | 'at'>): string {
      const known = store.get(
        q
          .selectFrom('speech_models')
          .select('id')
          .where('name', '=', model.name)
          .where('digest', '=', model.digest)
          .where('worker', '=', model.worker)
          .where('library', '=', model.library)
          .where('device', '=', model.device)
          .where('device_name', '=', model.device_name),
      );
      if (known) return known.id;
      const at = clock.now();
      const id = newId(at);
      store.run(q.insertInto('speech_models').values({ id, ...model, at }));
      return id;
    },
    speechModelsOf: (liveId: string) =>
      store.all(
        q
          .selectFrom('speech_models')
          .selectAll()
          .where(
            'id',
            'in',
            q
              .selectFrom('segments')
              .select('speech_model_id')
              .distinct()
              .where('live_id', '=', liveId)
              .$castTo<{ speech_model_id: string }>(),
          ),
      ),
  };
}

function segmentOf(row: JoinedRow): Segment {
  return {
    id: row.id,
    liveId: row.live_id,
    number: row.number,
    startMs: row.start_ms,
    endMs: row.end_ms,
    state: row.state,
    text: row.text,
    language: row.language,
    words: JSON.parse(row.words) as Word[],
    trust: {
      noSpeechBp: row.no_speech_bp,
      meanLogProbMilli: row.mean_log_prob_milli,
      compressionRatioMilli: row.compression_ratio_milli,
      speechMs: row.speech_ms,
    },
    filtered: JSON.parse(row.filtered) as Segment['filtered'],
    failure: row.failure,
    edited:
      row.e_text === null
        ? null
        : { text: row.e_text, version: row.e_version ?? 0, by: row.e_by ?? '', at: row.e_at ?? 0 },
    writtenBy:
      row.by_model === null
        ? null
        : {
            model: row.by_model,
            worker: row.by_worker ?? '',
            library: row.by_library ?? '',
            device: row.by_device ?? '',
            deviceName: row.by_device_name ?? '',
          },
    verdict: row.v_id === null ? null : verdictOfRow(row),
    alertId: row.alert_id,
  };
}
