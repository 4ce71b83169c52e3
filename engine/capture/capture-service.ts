import path from 'node:path';
import { assertNever, VigieError, isVigieError } from '#shared/errors.ts';
import { newId } from '#shared/ids.ts';
import type { GapCause, SpokenLanguage } from '#shared/model/live.ts';
import type { Pulse } from '#shared/model/fact.ts';
import type { Source } from '#shared/model/source.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Store } from '../db/store.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Journal } from '../journal/journal.ts';
import type { Net } from '../net/net.ts';
import type { Spawn } from '../process/spawn.ts';
import { type LiveRow, type LivesStore, type Pace, paceOf, sourceOf } from '../lives/lives-store.ts';
import type { SegmentsStore } from '../lives/segments-store.ts';
import { transcribeJob } from '../transcribe/transcribe-job.ts';
import { type CaptureEnd, type CaptureEvents, segmentRemainder, startCapture } from './capture.ts';
import { endOf } from './live-end.ts';
import type { OpenSound } from './open-sound.ts';
import type { AccountHands } from './source/account-source.ts';
import { isDiskTrouble } from './disk-trouble.ts';
import type { Room } from './options.ts';
import type { OutsideHands } from './source/outside.ts';

export type { OpenSound } from './open-sound.ts';

type Running = {
  stop(): Promise<void>;
  pause(): Promise<void>;
  open(): OpenSound | null;
  ended: Promise<void>;
};

export type CaptureService = {
  /** Makes the live and starts hearing it. @returns its id */
  watch(request: {
    source: Source;
    title: string;
    account: string | null;
    caseId: string | null;
    /** The watch that it was begun for. */
    watchId?: string;
    /** 0 urgent, 1 normal, 2 low. */
    priority?: number;
    /** False: the sound may go once everything is written down. */
    keepAudio?: boolean;
    language: SpokenLanguage;
    model: string;
    pace: Pace;
    actor: string;
  }): string;
  /** Ends our capture; what was heard is still written down. Answers false when nothing was being captured. */
  stop(liveId: string, actor: string): boolean;
  /** Takes up what a crash or a pause left unfinished. */
  resume(): void;
  /** Ends a live once its capture has ended and nothing of it waits any more. Call inside the transaction that closed a segment. */
  settle(liveId: string): void;
  spoolDir(liveId: string): string;
  /** What has been heard of a live since its last cut; null when nothing has, or it is not being captured. */
  openSound(liveId: string): OpenSound | null;
  running(): number;
  /** Resolves when no capture runs. */
  whenIdle(): Promise<void>;
  /** Ends every capture so that the next start goes on from the same sample. */
  close(): Promise<void>;
};

/** Hearing lives: one capture each, every cut stored with its transcribe job in one transaction. */
export function createCaptureService(deps: {
  store: Store;
  lives: LivesStore;
  segments: SegmentsStore;
  journal: Journal;
  jobs: Jobs;
  net: Net;
  clock: Clock;
  log: Log;
  spawn: Spawn;
  ffmpeg: string;
  outside: OutsideHands;
  dataDir: string;
  room: Room;
  /** Longest segment of captures that begin, or go on, now. */
  maxSegmentMs(): number;
  /** Finds where accounts can be heard. */
  tiktok: Pick<AccountHands, 'lookup' | 'allowPrivate'>;
  standardInput(): AsyncIterable<Uint8Array> | undefined;
  /** The lane that a segment of this live goes into: 0 live, 1 backfill. */
  laneOf(liveId: string, endMs: number): 0 | 1;
  /** Nothing more will be heard or written of this live; told inside the transaction that says so. */
  onOver(liveId: string): void;
  pulse(pulse: Omit<Pulse, 'lagMs' | 'writtenMs'>): void;
}): CaptureService {
  const { store, lives, segments, journal, jobs, clock, log } = deps;
  const captures = new Map<string, Running>();
  const spoolDir = (liveId: string) => path.join(deps.dataDir, 'spool', liveId);

  function eventsOf(liveId: string): CaptureEvents {
    let state: string = 'starting';
    let next = (segments.last(liveId)?.number ?? 0) + 1;
    return {
      onOpened({ kind, durationMs }) {
        lives.update(liveId, { on_demand: kind === 'on-demand' ? 1 : 0, source_ms: durationMs });
      },
      onSegment({ startMs, endMs, speechLikely }) {
        store.transaction(() => {
          const segmentId = segments.insert({
            liveId,
            number: next,
            startMs,
            endMs,
            state: speechLikely ? 'heard' : 'silent',
            lane: deps.laneOf(liveId, endMs),
          });
          lives.addSegment(liveId, { open: speechLikely, endMs });
          if (speechLikely) jobs.enqueue(transcribeJob(segmentId));
          journal.append({
            kind: 'segment.heard',
            subjectId: segmentId,
            data: { liveId, number: next, state: speechLikely ? 'heard' : 'silent' },
          });
        });
        next += 1;
      },
      onGap: (gap) => declareGap(liveId, gap),
      onState(changed, { sinceMs, cause }) {
        state = changed;
        // "ended" is stored with its reason when the capture has really ended; a pause is not an end.
        if (changed === 'ended') return;
        try {
          store.transaction(() => {
            lives.update(liveId, { capture_state: changed });
            journal.append({
              kind: 'capture.state',
              subjectId: liveId,
              data: { liveId, state: changed, sinceMs, cause },
            });
          });
        } catch (error) {
          // That the disk is full must not need room on it; the next change is stored again.
          if (!isDiskTrouble(error)) throw error;
          log.error({ liveId, state: changed, problem: String(error) }, 'the state of a capture could not be stored');
        }
      },
      onProgress({ capturedMs, levelBp, sourceMs }) {
        deps.pulse({ liveId, captureState: state, capturedMs, levelBp, sourceMs });
      },
    };
  }

  function declareGap(liveId: string, gap: { startMs: number; endMs: number; cause: GapCause }) {
    if (gap.endMs <= gap.startMs) return;
    store.transaction(() => {
      const made = lives.insertGap({ liveId, ...gap });
      journal.append({
        kind: 'gap.declared',
        subjectId: made.id,
        data: { liveId, startMs: gap.startMs, endMs: gap.endMs, cause: gap.cause },
      });
    });
  }

  function settle(liveId: string) {
    const row = lives.row(liveId);
    if (!row || row.state !== 'en_cours' || row.outcome === null || row.open_count > 0) return;
    lives.update(liveId, { state: row.outcome });
    journal.append({ kind: 'live.ended', subjectId: liveId, data: { state: row.outcome, reason: row.end_reason } });
    deps.onOver(liveId);
  }

  function end(liveId: string, finished: CaptureEnd) {
    if (finished.outcome === 'paused') return;
    const { outcome, reason } = endOf(finished);
    store.transaction(() => {
      const error =
        finished.outcome === 'failed' ? JSON.stringify({ code: finished.error.code, data: finished.error.data }) : null;
      lives.update(liveId, {
        capture_state: 'ended',
        outcome,
        end_reason: reason,
        end_error: error,
        ended_at: clock.now(),
      });
      if (finished.outcome === 'stopped') journal.append({ kind: 'capture.stopped', subjectId: liveId });
      settle(liveId);
    });
    if (finished.outcome === 'failed') log.warn({ liveId, code: finished.error.code }, 'capture failed');
  }

  /** The account's room is remembered, so that the next start asks there first and the record says when it changed. */
  function accountHands(row: LiveRow, heardBefore: boolean): AccountHands | undefined {
    const source = sourceOf(row);
    if (source.kind !== 'tiktok') return undefined;
    let { roomId } = source;
    return {
      ...deps.tiktok,
      heardBefore,
      onRoom(next) {
        const previous = roomId;
        roomId = next;
        store.transaction(() => {
          lives.update(row.id, { source: JSON.stringify({ ...source, roomId: next } satisfies Source) });
          if (previous !== null)
            journal.append({ kind: 'live.room-changed', subjectId: row.id, data: { from: previous, to: next } });
        });
      },
    };
  }

  function run(row: LiveRow, resume: { segmentedMs: number; onDemand: boolean } | null) {
    const capture = startCapture({
      source: sourceOf(row),
      stdin: row.source_kind === 'stdin' ? deps.standardInput() : undefined,
      account: accountHands(row, resume !== null),
      spoolDir: spoolDir(row.id),
      ffmpeg: deps.ffmpeg,
      startedAt: row.started_at,
      resume,
      pace: paceOf(row),
      net: deps.net,
      clock,
      log: log.child({ liveId: row.id }),
      spawn: deps.spawn,
      outside: deps.outside,
      room: deps.room,
      maxSegmentMs: deps.maxSegmentMs(),
      events: eventsOf(row.id),
    });
    const ended = capture.done
      .catch((error: unknown): CaptureEnd => {
        log.error({ liveId: row.id, problem: String(error) }, 'capture broke');
        return {
          outcome: 'failed',
          error: isVigieError(error) ? error : new VigieError('internal', { reference: row.id }, { cause: error }),
        };
      })
      .then((finished) => end(row.id, finished))
      .catch((error: unknown) =>
        log.error({ liveId: row.id, problem: String(error) }, 'the end of a capture could not be stored'),
      )
      .finally(() => captures.delete(row.id));
    captures.set(row.id, {
      stop: () => capture.stop(),
      pause: () => capture.pause(),
      open: () => capture.open(),
      ended,
    });
  }

  /** A source that cannot be opened again: what its spool still holds is cut, and the live ends as interrupted. */
  async function finishSpool(row: LiveRow, segmentedMs: number) {
    const events = eventsOf(row.id);
    await segmentRemainder(spoolDir(row.id), segmentedMs, deps.maxSegmentMs(), events.onSegment);
    end(row.id, {
      outcome: 'failed',
      error: new VigieError('source-unreadable', {
        source: row.source_label,
        detail: 'stdin-ended',
      }),
    });
  }

  return {
    spoolDir,
    settle,
    watch({ source, title, account, caseId, watchId, priority = 1, keepAudio = true, language, model, pace, actor }) {
      const startedAt = clock.now();
      const liveId = newId(startedAt);
      store.transaction(() => {
        lives.insert({
          id: liveId,
          title,
          account,
          source: JSON.stringify(source),
          source_kind: source.kind,
          source_label: sourceLabel(source),
          state: 'en_cours',
          outcome: null,
          capture_state: 'starting',
          on_demand: null,
          started_at: startedAt,
          ended_at: null,
          end_reason: null,
          end_error: null,
          language,
          model,
          pace: pace && JSON.stringify(pace),
          source_ms: null,
          case_id: caseId,
          watch_id: watchId ?? null,
          priority,
          keep_audio: keepAudio ? 1 : 0,
        });
        journal.append({ kind: 'live.started', subjectId: liveId, data: { sourceKind: source.kind }, actor });
      });
      const row = lives.row(liveId);
      if (!row) throw new Error('a live just stored cannot be read');
      // After the commit: the capture writes at once.
      store.afterCommit(() => run(row, null));
      return liveId;
    },
    stop(liveId, actor) {
      const capture = captures.get(liveId);
      if (!capture) return false;
      log.info({ liveId, actor }, 'capture stop asked for');
      void capture.stop();
      return true;
    },
    resume() {
      for (const row of lives.unfinished()) {
        if (row.outcome !== null) {
          store.transaction(() => settle(row.id));
          continue;
        }
        const segmentedMs = Math.max(segments.last(row.id)?.end_ms ?? 0, ...lives.gaps(row.id).map((gap) => gap.endMs));
        store.transaction(() => journal.append({ kind: 'live.resumed', subjectId: row.id, data: { segmentedMs } }));
        if (row.source_kind === 'stdin') {
          const ended = finishSpool(row, segmentedMs)
            .catch((error: unknown) =>
              log.error({ liveId: row.id, problem: String(error) }, 'spool could not be finished'),
            )
            .finally(() => captures.delete(row.id));
          captures.set(row.id, { stop: () => ended, pause: () => ended, open: () => null, ended });
        } else run(row, { segmentedMs, onDemand: row.on_demand !== 0 });
      }
    },
    openSound: (liveId) => captures.get(liveId)?.open() ?? null,
    running: () => captures.size,
    async whenIdle() {
      while (captures.size > 0) await Promise.all([...captures.values()].map((capture) => capture.ended));
    },
    async close() {
      const open = [...captures.values()];
      await Promise.all(open.map((capture) => capture.pause()));
      await Promise.all(open.map((capture) => capture.ended));
    },
  };
}

/** What a person recognises a source by. Query strings stay out: tokens live there. */
export function sourceLabel(source: Source): string {
  switch (source.kind) {
    case 'stdin':
      return '-';
    case 'file':
      return path.basename(source.path);
    case 'tiktok':
      return `tiktok.com/@${source.handle}`;
    case 'device':
      return source.name;
    case 'url':
    case 'protocol':
    case 'external': {
      const url = new URL(source.url);
      return `${url.host}${url.pathname}`.slice(0, 300);
    }
    default:
      return assertNever(source);
  }
}
