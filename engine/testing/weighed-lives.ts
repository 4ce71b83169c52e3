import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import { onTestFinished } from 'vitest';
import type { EngineClient } from '#shared/contract/index.ts';
import { newId } from '#shared/ids.ts';
import { createAlertsService } from '../alerts/alerts-service.ts';
import { createAlertsStore } from '../alerts/alerts-store.ts';
import { analyseJob } from '../analyse/analyse-job.ts';
import { defineAnalyseJob } from '../analyse/analyse-service.ts';
import { openEmbeddedAnalyser } from '../analyse/embedded/index.ts';
import { createVerdictsStore } from '../analyse/verdicts-store.ts';
import { implementContract } from '../carriers/implement.ts';
import { createCasesStore } from '../cases/cases-store.ts';
import { createCommands } from '../db/commands.ts';
import { createJobs } from '../jobs/jobs.ts';
import { createLivesStore } from '../lives/lives-store.ts';
import { createSegmentsStore } from '../lives/segments-store.ts';
import { ensureProfile } from '../people/profiles.ts';
import { composeRules } from '../rules/compose-rules.ts';
import { temporaryStore } from './temporary-store.ts';

const analyser = openEmbeddedAnalyser({ resourcesDir: path.join(import.meta.dirname, '../../resources') });
const untrusted = { noSpeechBp: null, meanLogProbMilli: null, compressionRatioMilli: null, speechMs: null };

/** Lives whose words come from the test; everything that weighs them is real: database, jobs, embedded analyser, rules, alerts. */
export function weighedLives() {
  const made = temporaryStore();
  const { store, clock, journal, log } = made;
  const lives = createLivesStore(store, clock);
  const segments = createSegmentsStore(store, clock);
  const alerts = createAlertsStore(store, clock);
  const cases = createCasesStore(store, clock);
  const commands = createCommands(store, clock);
  const verdicts = createVerdictsStore(store, clock);
  const profile = ensureProfile(store, clock, 'test');
  const jobs = createJobs({ store, clock, log, journal });
  onTestFinished(() => jobs.close());
  const rules = composeRules({ store, lives, cases, commands, analyser, journal, clock, log });
  const alerting = createAlertsService({ alerts, lives, journal, thresholdBp: () => 7000 });
  defineAnalyseJob({ jobs, journal, lives, segments, verdicts, alerts: alerting, rules: rules.running, analyser });
  jobs.start();
  const os = implementContract({ store, log, newer: null, readRecord: () => undefined });
  const permissions = new Set(['read', 'operate'] as const);
  const client = createRouterClient({ rules: rules.api(os) }, { context: () => ({ actor: profile, permissions }) });
  return {
    ...made,
    alerts,
    cases,
    client: client as Pick<EngineClient, 'rules'>,
    command: () => newId(clock.now()),
    facts: (kind: string) => journal.after(0, 100_000).filter((fact) => fact.kind === kind),
    live(of: { account?: string; caseId?: string } = {}): string {
      const id = newId(clock.now());
      lives.insert({
        id,
        title: 'Le live',
        account: of.account ?? null,
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
        model: 'test.bin',
        pace: null,
        source_ms: null,
        case_id: of.caseId ?? null,
      });
      return id;
    },
    /** The next segment of a live, written and weighed. @returns its id */
    async say(liveId: string, text: string): Promise<string> {
      const number = (segments.last(liveId)?.number ?? 0) + 1;
      const startMs = (number - 1) * 15_000;
      const id = store.transaction(() => {
        const segmentId = segments.insert({ liveId, number, startMs, endMs: startMs + 15_000, state: 'heard' });
        const rest = { words: [], filtered: [], trust: untrusted, speechModelId: null, windowMs: 0, processingMs: 0 };
        segments.write(segmentId, { state: 'written', text, language: 'fr', ...rest });
        jobs.enqueue(analyseJob(segmentId));
        return segmentId;
      });
      await jobs.drain();
      return id;
    },
  };
}
