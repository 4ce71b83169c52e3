import type { Judgement } from '#shared/model/verdict.ts';
import type { AlertsService } from '../alerts/alerts-service.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Journal } from '../journal/journal.ts';
import type { LivesStore } from '../lives/lives-store.ts';
import type { SegmentRow, SegmentsStore } from '../lives/segments-store.ts';
import type { RunningRules } from '../rules/running-service.ts';
import { type AnalysePayload, analyseKind } from './analyse-job.ts';
import { verdictOf } from './verdict.ts';
import type { VerdictsStore } from './verdicts-store.ts';

export type Analyser = {
  version: string;
  hash: string;
  model: string;
  judge(text: string, options: { language: string; before?: readonly string[] }): Judgement;
};

/** How many earlier segments an analyser sees, so that a sentence split over a cut is judged whole. */
const contextSegments = 2;

/** Weighs what was written: verdict, alert, review item and facts in one transaction. */
export function defineAnalyseJob(deps: {
  jobs: Jobs;
  journal: Journal;
  lives: LivesStore;
  segments: SegmentsStore;
  verdicts: VerdictsStore;
  alerts: AlertsService;
  rules: Pick<RunningRules, 'weigh' | 'keep'>;
  analyser: Analyser;
}): void {
  const { jobs, journal, lives, segments, verdicts, alerts, rules, analyser } = deps;
  jobs.define<AnalysePayload>({
    kind: analyseKind,
    concurrency: 4,
    maxAttempts: 3,
    leaseMs: 30_000,
    run({ segmentId }) {
      const row = segments.row(segmentId);
      if (!row) return Promise.reject(new Error(`segment ${segmentId} is not stored`));
      const judgement = analyser.judge(row.text, {
        language: row.language ?? 'auto',
        before: segments.textsBefore(row.live_id, row.number, contextSegments),
      });
      return Promise.resolve({ outcome: 'done', commit: () => give(row, judgement) });
    },
    giveUp({ segmentId }) {
      const row = segments.row(segmentId);
      if (row)
        give(row, {
          category: 'a_verifier',
          virality: 'faible',
          hate: false,
          target: null,
          targetText: null,
          reasons: [],
          confidenceBp: null,
        });
    },
  });

  function give(row: SegmentRow, judgement: Judgement) {
    const { scoreBp, band, terms } = verdictOf(judgement);
    verdicts.give({
      segmentId: row.id,
      engine: 'embedded',
      model: analyser.model,
      policyVersion: analyser.version,
      policyHash: analyser.hash,
      judgement,
      scoreBp,
      terms,
    });
    lives.raiseScore(row.live_id, scoreBp);
    journal.append({
      kind: 'verdict.given',
      subjectId: row.id,
      data: {
        liveId: row.live_id,
        number: row.number,
        scoreBp,
        band,
        category: judgement.category,
        hate: judgement.hate,
      },
    });
    const findings = rules.weigh(row, judgement, scoreBp);
    const alertId = alerts.consider(
      {
        segmentId: row.id,
        liveId: row.live_id,
        number: row.number,
        scoreBp,
        hate: judgement.hate,
        category: judgement.category,
        virality: judgement.virality,
      },
      findings.lane,
    );
    rules.keep(row, findings, alertId);
  }
}
