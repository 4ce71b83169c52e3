import type { Clock } from '../base/clock.ts';
import type { FailedJob, JobOutcome, Jobs } from '../jobs/jobs.ts';
import type { Journal } from '../journal/journal.ts';
import { analyseJob } from '../analyse/analyse-job.ts';
import { readSound } from '../capture/spool-read.ts';
import type { LivesStore } from '../lives/lives-store.ts';
import type { SegmentRow, SegmentsStore } from '../lives/segments-store.ts';
import { hearTogether } from './packed-speech.ts';
import type { SpeechInfo } from './speech-engine.ts';
import type { SpeechHealth } from './speech-health.ts';
import type { Seat } from './speech-pool.ts';
import { type TranscribePayload, transcribeKind } from './transcribe-job.ts';
import { writtenOf } from './written.ts';
import type { Transcript } from './transcript.ts';

/** While the machine itself is at fault, trying again at once would only burn the attempts. */
const repairMs = 30_000;

/** Writes segments down: sound from the spool, words from a speech worker, text and next job in one transaction. */
export function defineTranscribeJob(deps: {
  jobs: Jobs;
  journal: Journal;
  lives: LivesStore;
  segments: SegmentsStore;
  clock: Clock;
  health: SpeechHealth;
  /** Words that the recogniser of a live should expect, most important first. */
  glossaryOf(liveId: string): readonly string[];
  spoolDir(liveId: string): string;
  settle(liveId: string): void;
  /** Keys of the segments that go to the recogniser together next. */
  choose(): readonly string[];
  /** The model that a live is written down with now, and a free worker of it. */
  seatFor(liveId: string): Seat | null;
}): void {
  const { jobs, journal, lives, segments, clock } = deps;

  jobs.defineTurns<TranscribePayload>({
    kind: transcribeKind,
    maxAttempts: 3,
    // The worker has its own, shorter patience for each sound; this one also covers the start of a large model.
    leaseMs: 900_000,
    choose: deps.choose,
    async runTogether(payloads, signal) {
      const rows = payloads.map(({ segmentId }) => rowOf(segmentId));
      const [first] = rows;
      const live = first && lives.row(first.live_id);
      if (!live) throw new Error('a segment or its live is not stored');
      const seat = deps.seatFor(live.id);
      if (!seat) return rows.map(() => ({ outcome: 'later', afterMs: 1_000 }));
      try {
        const sounds = await Promise.all(
          rows.map((row) => readSound(deps.spoolDir(row.live_id), row.start_ms, row.end_ms)),
        );
        const info = await seat.engine.info();
        const since = clock.monotonicMs();
        const answers = await hearTogether(seat.engine, sounds, {
          language: live.language,
          liveId: live.id,
          prompt: deps.glossaryOf(live.id).join(', '),
          signal,
        });
        const windowMs = rows.reduce((sum, row) => sum + row.end_ms - row.start_ms, 0);
        const share = (clock.monotonicMs() - since) / Math.max(1, windowMs);
        return rows.map((row, index) => {
          const answer = answers[index];
          if (answer?.status !== 'fulfilled') return failureOf(answer?.reason);
          return { outcome: 'done', commit: () => write(row, answer.value, info, { windowMs, share }) };
        });
      } catch (error) {
        return rows.map(() => failureOf(error));
      } finally {
        seat.leave();
        // The worker goes on while what it heard is stored.
        jobs.wake();
      }
    },
    giveUp({ segmentId }, problem) {
      const row = segments.row(segmentId);
      if (!row) return;
      segments.fail(segmentId, problem.slice(0, 500));
      close(row, 'segment.failed', 'failed');
    },
  });

  function rowOf(segmentId: string): SegmentRow {
    const row = segments.row(segmentId);
    if (!row) throw new Error(`segment ${segmentId} is not stored`);
    return row;
  }

  function write(
    row: SegmentRow,
    transcript: Transcript,
    info: SpeechInfo,
    { windowMs, share }: { windowMs: number; share: number },
  ): void {
    const written = writtenOf(transcript, row);
    const { by } = transcript;
    const speechModelId = segments.speechModel({
      name: by?.modelName ?? info.modelName,
      // What a server runs cannot be verified from here.
      digest: by ? '' : info.modelDigest,
      worker: by?.worker ?? info.worker,
      library: by?.library ?? info.library,
      device: by?.device ?? info.device,
      device_name: by?.library ?? info.deviceName,
    });
    const processingMs = Math.round(share * (row.end_ms - row.start_ms));
    segments.write(row.id, { ...written, speechModelId, windowMs, processingMs });
    if (written.state === 'written') jobs.enqueue(analyseJob(row.id));
    close(row, 'segment.written', written.state);
  }

  function close(row: SegmentRow, kind: 'segment.written' | 'segment.failed', state: string): void {
    lives.closeSegment(row.live_id);
    journal.append({ kind, subjectId: row.id, data: { liveId: row.live_id, number: row.number, state } });
    deps.settle(row.live_id);
  }

  function failureOf(error: unknown): JobOutcome | FailedJob {
    return deps.health.failed(error) ? { outcome: 'later', afterMs: repairMs } : { outcome: 'failed', error };
  }
}
