import type { Jobs } from '../jobs/jobs.ts';
import type { Journal } from '../journal/journal.ts';
import { analyseJob } from '../analyse/analyse-job.ts';
import { readSound } from '../capture/spool-read.ts';
import type { LivesStore } from '../lives/lives-store.ts';
import type { SegmentsStore } from '../lives/segments-store.ts';
import type { PackedSpeech } from './packed-speech.ts';
import type { SpeechHealth } from './speech-health.ts';
import { type TranscribePayload, transcribeKind } from './transcribe-job.ts';
import { writtenOf } from './written.ts';

/** Writes segments down: sound from the spool, words from a speech worker, text and next job in one transaction. */
export function defineTranscribeJob(deps: {
  jobs: Jobs;
  journal: Journal;
  lives: LivesStore;
  segments: SegmentsStore;
  health: SpeechHealth;
  spoolDir(liveId: string): string;
  settle(liveId: string): void;
  /** Words that the recogniser of a live should expect, most important first. */
  glossaryOf(liveId: string): readonly string[];
  engineFor(model: string): PackedSpeech;
  concurrency: number;
}): void {
  const { jobs, journal, lives, segments } = deps;

  jobs.define<TranscribePayload>({
    kind: transcribeKind,
    concurrency: deps.concurrency,
    maxAttempts: 3,
    // The worker has its own, shorter patience for each sound; this one also covers waiting for a turn behind other windows.
    leaseMs: 900_000,
    async run({ segmentId }, signal) {
      const row = segments.row(segmentId);
      const live = row && lives.row(row.live_id);
      if (!row || !live) throw new Error(`segment ${segmentId} or its live is not stored`);
      const engine = deps.engineFor(live.model);
      const pcm = await readSound(deps.spoolDir(row.live_id), row.start_ms, row.end_ms);
      try {
        const info = await engine.info();
        const transcript = await engine.transcribe({
          pcm,
          language: live.language,
          liveId: live.id,
          startMs: row.start_ms,
          prompt: deps.glossaryOf(live.id).join(', '),
          signal,
        });
        const written = writtenOf(transcript, row);
        return {
          outcome: 'done',
          commit() {
            const { by } = transcript;
            const speechModelId = segments.speechModel({
              name: by?.modelName ?? info.modelName,
              // What a server runs cannot be verified from here.
              digest: by ? '' : info.modelDigest,
              worker: by?.worker ?? info.worker,
              library: by?.library ?? info.library,
              device: by?.device ?? info.device,
            });
            segments.write(segmentId, { ...written, speechModelId });
            lives.closeSegment(live.id);
            if (written.state === 'written') jobs.enqueue(analyseJob(segmentId));
            journal.append({
              kind: 'segment.written',
              subjectId: segmentId,
              data: { liveId: live.id, number: row.number, state: written.state },
            });
            deps.settle(live.id);
          },
        };
      } catch (error) {
        // Trying again at once would only burn the attempts.
        if (deps.health.failed(error)) return { outcome: 'later', afterMs: 30_000 };
        throw error;
      }
    },
    giveUp({ segmentId }, problem) {
      const row = segments.row(segmentId);
      if (!row) return;
      segments.fail(segmentId, problem.slice(0, 500));
      lives.closeSegment(row.live_id);
      journal.append({
        kind: 'segment.failed',
        subjectId: segmentId,
        data: { liveId: row.live_id, number: row.number, state: 'failed' },
      });
      deps.settle(row.live_id);
    },
  });
}
