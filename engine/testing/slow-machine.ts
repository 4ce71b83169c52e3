import path from 'node:path';
import { onTestFinished } from 'vitest';
import { newId } from '#shared/ids.ts';
import { createLivesStore } from '../lives/lives-store.ts';
import { createSegmentsStore } from '../lives/segments-store.ts';
import { createJobs } from '../jobs/jobs.ts';
import { createLanesService } from '../lanes/lanes-service.ts';
import { createLanesStore } from '../lanes/lanes-store.ts';
import { createSettingsService } from '../settings/settings-service.ts';
import { packSize } from '../transcribe/pack.ts';
import { packMs } from '../transcribe/packed-speech.ts';
import type { SpeechEngine, Transcript } from '../transcribe/speech-engine.ts';
import { createSpeechHealth } from '../transcribe/speech-health.ts';
import { transcribeJob } from '../transcribe/transcribe-job.ts';
import { defineTranscribeJob } from '../transcribe/transcribe-service.ts';
import { temporaryStore } from './temporary-store.ts';

export const stepMs = 250;

/**
 * A machine whose recogniser takes as long as the test wants. Everything but the recogniser and the sound is real: database, jobs, lanes,
 * transcribe service; time is the test's.
 */
export function slowMachine(model = 'slow.bin') {
  const { store, clock, journal, log, dataDir } = temporaryStore();
  const lives = createLivesStore(store, clock);
  const segments = createSegmentsStore(store, clock);
  const jobs = createJobs({ store, clock, log, journal });
  onTestFinished(() => jobs.close());
  const settings = createSettingsService({ store, journal, clock, log, overrides: {} });
  /** Seconds of work per second of sound. */
  const speed = { factor: 4 };
  const busy = { seat: false, waitsForSound: false };
  const info: Awaited<ReturnType<SpeechEngine['info']>> = {
    worker: 'native',
    library: 'test',
    device: 'cpu',
    deviceName: '',
    modelName: model,
    modelDigest: '',
    threads: 1,
    notices: [],
    graphics: null,
  };
  const engine: SpeechEngine = {
    info: () => Promise.resolve(info),
    async transcribe({ pcm, signal }): Promise<Transcript> {
      busy.waitsForSound = false;
      const soundMs = pcm.length / 16;
      await clock.delay(Math.round(soundMs * speed.factor), signal);
      const figures = { noSpeechBp: 100, meanLogProb: -0.2, speechMs: soundMs };
      const piece = (startMs: number) => ({ text: 'on entend', startMs, endMs: startMs + 900, words: [], ...figures });
      return {
        ...figures,
        text: '',
        language: 'fr',
        languageProbabilityBp: null,
        pieces: Array.from({ length: Math.floor(soundMs / 1000) }, (_, second) => piece(second * 1000)),
        compressionRatio: 1,
        processingMs: soundMs * speed.factor,
      };
    },
    forget: () => undefined,
    close: () => Promise.resolve(),
  };
  const lanes = createLanesService({
    store,
    lanes: createLanesStore(store, clock),
    lives,
    journal,
    jobs,
    clock,
    settings,
    hasRoom: () => !busy.seat,
    packSize: (waiting) => packSize(waiting, packMs),
    windowMs: packMs,
    sideBySide: () => 1,
    onBehind: () => undefined,
  });
  defineTranscribeJob({
    jobs,
    journal,
    lives,
    segments,
    clock,
    health: createSpeechHealth({ store, journal, clock, log }),
    spoolDir: (liveId) => path.join(dataDir, 'spool', liveId),
    settle: () => undefined,
    glossaryOf: () => [],
    choose: lanes.choose,
    seatFor() {
      Object.assign(busy, { seat: true, waitsForSound: true });
      return { engine, leave: () => void (busy.seat = false) };
    },
  });
  jobs.define({
    kind: 'analyse',
    concurrency: 4,
    maxAttempts: 1,
    leaseMs: 1000,
    run: () => Promise.resolve({ outcome: 'done', commit: () => undefined }),
    giveUp: () => undefined,
  });
  jobs.start();

  const made = new Map<string, number>();
  function live(priority: number): string {
    const id = newId(clock.now());
    lives.insert({
      id,
      title: '',
      account: null,
      source: JSON.stringify({ kind: 'stdin' }),
      source_kind: 'stdin',
      source_label: '-',
      state: 'en_cours',
      outcome: null,
      capture_state: 'capturing',
      on_demand: 0,
      started_at: clock.now(),
      ended_at: null,
      end_reason: null,
      end_error: null,
      language: 'fr',
      model,
      pace: null,
      source_ms: null,
      case_id: null,
    });
    store.run(store.build.updateTable('lives').set({ priority }).where('id', '=', id));
    return id;
  }
  return {
    clock,
    store,
    lanes,
    speed,
    settings,
    live,
    facts: (kind: string) => journal.after(0, 100_000).filter((fact) => fact.kind === kind),
    hear(liveId: string, startMs: number, endMs: number) {
      store.transaction(() => {
        const number = (made.get(liveId) ?? 0) + 1;
        made.set(liveId, number);
        const lane = lanes.laneOf(liveId, endMs);
        const id = segments.insert({ liveId, number, startMs, endMs, state: 'heard', lane });
        lives.addSegment(liveId, { open: true, endMs });
        jobs.enqueue(transcribeJob(id));
      });
    },
    ids: (liveId: string) =>
      store
        .all(store.build.selectFrom('segments').select('id').where('live_id', '=', liveId).orderBy('number'))
        .map(({ id }) => id),
    /** What would go next if the recogniser became free now. */
    next() {
      const { seat } = busy;
      busy.seat = false;
      const keys = lanes.choose();
      busy.seat = seat;
      return keys;
    },
    /** One step of time; what the real disk does in it is waited for. */
    async step() {
      await clock.advance(stepMs);
      while (busy.waitsForSound) await new Promise((resolve) => setImmediate(resolve));
    },
    rows: (liveId: string) =>
      store.all(
        store.build
          .selectFrom('segments')
          .select(['number', 'start_ms', 'end_ms', 'state', 'lane', 'heard_at', 'written_at'])
          .where('live_id', '=', liveId)
          .orderBy('number'),
      ),
  };
}
