import { VigieError } from '#shared/errors.ts';
import type { CapacityFigures, LaneState } from '#shared/model/lane.ts';
import type { Settings } from '#shared/model/settings.ts';
import type { Clock } from '../base/clock.ts';
import type { Store } from '../db/store.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Journal } from '../journal/journal.ts';
import { type LiveRow, type LivesStore, paceOf } from '../lives/lives-store.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { transcribeJob } from '../transcribe/transcribe-job.ts';
import { capacityOf, realTimeFactorOf } from './capacity.ts';
import { judgeLag, liveLaneMs, overflow } from './behind.ts';
import { createLagRecord, lagFigures, type LagFigures } from './lag.ts';
import type { LanesStore } from './lanes-store.ts';
import { nextTurn } from './next-turn.ts';

/** More segments than ever fit into one window. */
const mostTogether = 16;

export const fileName = (file: string) => file.split(/[\\/]/).at(-1)?.slice(0, 200) ?? '';

export type LanesService = ReturnType<typeof createLanesService>;

/** Decides what is written down next, watches how late that is, and says so. */
export function createLanesService(deps: {
  store: Store;
  lanes: LanesStore;
  lives: LivesStore;
  journal: Journal;
  jobs: Jobs;
  clock: Clock;
  settings: SettingsService;
  hasRoom(model: string): boolean;
  /** How many of these segments, in order, are heard as one. */
  packSize(segments: readonly { startMs: number; endMs: number }[]): number;
  windowMs: number;
  /** Windows of a model that are heard side by side. */
  sideBySide(modelPath: string): number;
  /** A live is announced as late: what can be done about it by itself is done. In its own transaction. */
  onBehind(live: LiveRow): void;
}) {
  const { store, lanes, lives, journal, jobs, clock, settings } = deps;
  const records = new Map<string, ReturnType<typeof createLagRecord>>();
  let liveTurns = 0;

  const known = (liveId: string): LiveRow => {
    const live = lives.row(liveId);
    if (!live) throw new VigieError('not-found', { what: 'live', id: liveId });
    return live;
  };

  /** Sound that has waited too long leaves the live lane, unless somebody wants this live in order. */
  function relieve(liveId: string): boolean {
    if (lanes.row(liveId).in_order === 1) return false;
    const late = overflow(lanes.waiting(liveId, 'live'), clock.now(), deps.windowMs);
    if (late.length > 0)
      store.transaction(() =>
        lanes.move(
          late.map(({ id }) => id),
          'backfill',
        ),
      );
    return late.length > 0;
  }

  return {
    /** Keys of the jobs that are written down together next; none while transcription is paused or no worker is free. */
    choose(): string[] {
      if (settings.get().transcriptionPaused) return [];
      const ready = () => lanes.heads().filter(({ model }) => deps.hasRoom(model));
      const heads = ready();
      const late = heads.filter(({ lane, since }) => lane === 'live' && clock.now() - since > liveLaneMs);
      const moved = late.filter(({ liveId }) => relieve(liveId));
      const turn = nextTurn(moved.length > 0 ? ready() : heads, liveTurns);
      if (!turn) return [];
      liveTurns = turn.lane === 'live' ? liveTurns + 1 : 0;
      const due = lanes.due(turn.liveId, turn.lane, mostTogether);
      return due.slice(0, deps.packSize(due)).map(({ id }) => transcribeJob(id).key);
    },
    /** The lane that a segment which ends at `endMs` goes into: files are backfill, but for what is played at the speed of a live. */
    laneOf(liveId: string, endMs: number): 0 | 1 {
      const live = lives.row(liveId);
      if (!live) return 0;
      const pace = paceOf(live);
      if (live.on_demand === 1 && (pace === null || (pace.realtimeForMs !== null && endMs > pace.realtimeForMs)))
        return 1;
      return lanes.row(liveId).lane;
    },
    /** The model that a live is written down with now. */
    modelOf: (liveId: string): string => lanes.row(liveId).lighter_model ?? known(liveId).model,
    lagMs: lanes.lagMs,
    /** Whether the words of sound that ends at `endMs` are wanted now and come on time: in the live lane, neither paused nor behind. */
    isOnTime(liveId: string, endMs: number): boolean {
      const { paused, behind_since } = lanes.row(liveId);
      return (
        !settings.get().transcriptionPaused && paused === 0 && behind_since === null && this.laneOf(liveId, endMs) === 0
      );
    },
    /** Segments of a live in the live lane that have no words yet, those that are being written down included. */
    openInLane: (liveId: string): number => lanes.open(liveId, 'live').segments,
    /** Nothing of this live is without words, and nothing of any live waits for them in the live lane. */
    isIdle: (liveId: string): boolean =>
      lanes.open(liveId, 'live').segments === 0 && lanes.heads().every(({ lane }) => lane !== 'live'),
    /** Looks at a live that is being captured, at most once a second. */
    look(liveId: string): void {
      const record = records.get(liveId) ?? createLagRecord();
      records.set(liveId, record);
      const row = lanes.row(liveId);
      if (row.paused === 1 || settings.get().transcriptionPaused) return;
      if (!record.look(clock.monotonicMs(), lanes.lagMs(liveId))) return;
      const verdict = judgeLag(
        record.all(),
        { behind: row.behind_since !== null, backfillOpen: lanes.open(liveId, 'backfill').segments },
        clock.monotonicMs(),
      );
      if (verdict === null) return;
      const live = known(liveId);
      const { p95Ms } = lagFigures(record.all());
      store.transaction(() => {
        if (verdict === 'behind') {
          lanes.change(liveId, { behind_since: clock.now() });
          journal.append({ kind: 'lane.behind', subjectId: liveId, data: { liveId, p95Ms } });
          deps.onBehind(live);
        } else {
          lanes.change(liveId, { behind_since: null, in_order: 0 });
          journal.append({ kind: 'lane.caught-up', subjectId: liveId, data: { liveId, p95Ms } });
        }
      });
    },
    /** A live that is no longer captured is not late any more. */
    forget(liveId: string): void {
      records.delete(liveId);
    },
    /** Of all that are being captured, over the last five minutes. */
    lag: (): LagFigures => lagFigures([...records.values()].flatMap((record) => [...record.all()])),
    /** What this machine can follow with a model file, as measured here; null: too little was measured. */
    capacity: (modelPath: string): CapacityFigures | null =>
      capacityOf({ ...lanes.measured(fileName(modelPath)), sideBySide: deps.sideBySide(modelPath) }),
    /** Work over sound with a model file, as measured here; null: too little was measured. */
    realTimeFactor: (modelPath: string): number | null => realTimeFactorOf(lanes.measured(fileName(modelPath)).timed),
    /** Skip to live: what waits goes over to the backfill lane, what comes goes first. In the current transaction. */
    skip(liveId: string, actor: string): { moved: number; soundMs: number } {
      known(liveId);
      const waiting = lanes.waiting(liveId, 'live');
      const soundMs = waiting.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
      lanes.move(
        waiting.map(({ id }) => id),
        'backfill',
      );
      lanes.change(liveId, { in_order: 0 });
      journal.append({
        kind: 'lane.skipped',
        subjectId: liveId,
        data: { liveId, moved: waiting.length, soundMs, fromMs: waiting[0]?.startMs ?? null },
        actor,
      });
      jobs.wake();
      return { moved: waiting.length, soundMs };
    },
    /** Takes a skip back: what still waits is written down in the order it was said, before what comes. */
    undoSkip(liveId: string, actor: string): { moved: number } {
      const live = known(liveId);
      const waiting = live.on_demand === 1 && paceOf(live) === null ? [] : lanes.waiting(liveId, 'backfill');
      lanes.move(
        waiting.map(({ id }) => id),
        'live',
      );
      lanes.change(liveId, { in_order: 1 });
      journal.append({ kind: 'lane.skip-undone', subjectId: liveId, data: { liveId, moved: waiting.length }, actor });
      jobs.wake();
      return { moved: waiting.length };
    },
    /** Words wait, capture goes on; `null`: of every live. Saying it twice is once. */
    pause(liveId: string | null, paused: boolean, actor: string): void {
      const now = liveId === null ? settings.get().transcriptionPaused : lanes.row(known(liveId).id).paused === 1;
      if (now === paused) return;
      if (liveId === null) settings.change({ transcriptionPaused: paused } satisfies Partial<Settings>, actor);
      else lanes.change(liveId, { paused: paused ? 1 : 0 });
      journal.append({
        kind: paused ? 'transcription.paused' : 'transcription.resumed',
        subjectId: liveId ?? 'all',
        data: liveId === null ? {} : { liveId },
        actor,
      });
      jobs.wake();
    },
    /** Another model stands in for the one of the live, for what is not written yet; `null`: its own again. */
    lighten(liveId: string, model: string | null, actor: string): void {
      const live = known(liveId);
      const row = lanes.row(liveId);
      if (row.lighter_model === model) return;
      lanes.change(liveId, { lighter_model: model });
      journal.append({
        kind: model === null ? 'model.restored' : 'model.lightened',
        subjectId: liveId,
        data: {
          liveId,
          from: fileName(row.lighter_model ?? live.model),
          to: fileName(model ?? live.model),
        },
        actor,
      });
      jobs.wake();
    },
    state(liveId: string): LaneState {
      const live = known(liveId);
      const { paused, behind_since, lighter_model } = lanes.row(liveId);
      return {
        paused: paused === 1,
        onDemand: live.on_demand === 1 && paceOf(live) === null,
        pausedAll: settings.get().transcriptionPaused,
        behindSince: behind_since,
        lag: lagFigures(records.get(liveId)?.all() ?? []),
        backfill: lanes.open(liveId, 'backfill'),
        lighterModel: lighter_model && fileName(lighter_model),
      };
    },
  };
}
