import { VigieError } from '#shared/errors.ts';
import type { Segment } from '#shared/model/segment.ts';
import type { TranscriptDocument } from '#shared/model/transcript-document.ts';
import type { AlertsStore } from '../alerts/alerts-store.ts';
import type { VerdictsStore } from '../analyse/verdicts-store.ts';
import type { Clock } from '../base/clock.ts';
import type { Journal } from '../journal/journal.ts';
import type { LivesStore } from '../lives/lives-store.ts';
import type { SegmentsStore } from '../lives/segments-store.ts';
import type { NotesStore } from '../notes/notes-store.ts';
import type { ReviewStore } from '../review/review-store.ts';

const pageSize = 1000;

/**
 * Everything known of one live, read at one moment, as the value every writer takes.
 * @throws VigieError `not-found`
 */
export function collectDocument(
  deps: {
    lives: LivesStore;
    segments: SegmentsStore;
    verdicts: VerdictsStore;
    alerts: AlertsStore;
    review: ReviewStore;
    notes: NotesStore;
    journal: Journal;
    clock: Clock;
    voiceModel: { name: string; digest: string };
    thresholdBp(): number;
    version: string;
  },
  request: { liveId: string; locale: 'fr' | 'en'; timeZone: string; by: string },
): TranscriptDocument {
  const live = deps.lives.get(request.liveId);
  if (!live) throw new VigieError('not-found', { what: 'live', id: request.liveId });
  const segments: Segment[] = [];
  for (let from = 1; ;) {
    const page = deps.segments.page(live.id, from, pageSize);
    segments.push(...page);
    if (page.length < pageSize) break;
    from = (page.at(-1)?.number ?? 0) + 1;
  }
  const gaps = deps.lives.gaps(live.id);
  const lengthOf = (spans: readonly { startMs: number; endMs: number }[]) =>
    spans.reduce((sum, span) => sum + span.endMs - span.startMs, 0);
  const lastMs = Math.max(0, ...segments.slice(-1).map((segment) => segment.endMs), ...gaps.map((gap) => gap.endMs));
  const models = deps.segments.speechModelsOf(live.id).map((model) => ({
    role: 'speech' as const,
    name: model.name,
    digest: model.digest,
    detail: [model.worker, model.library, model.device, model.device_name].filter(Boolean).join(', '),
  }));
  const analysers = [
    ...new Map(
      segments.flatMap(({ verdict }) =>
        verdict ? [[`${verdict.model} ${verdict.policyHash}`, verdict] as const] : [],
      ),
    ).values(),
  ];

  return {
    format: 'vigie.transcript/1',
    generatedAt: deps.clock.now(),
    generator: `Vigie ${deps.version}`,
    locale: request.locale,
    timeZone: request.timeZone,
    by: request.by,
    live,
    durations: {
      wallMs:
        live.endedAt === null || live.sourceMs !== null ? lastMs : Math.max(lastMs, live.endedAt - live.startedAt),
      capturedMs: lengthOf(segments),
      writtenMs: lengthOf(segments.filter(({ state }) => state !== 'heard' && state !== 'failed')),
      gapMs: lengthOf(gaps),
    },
    models: [
      ...models,
      { role: 'voice-activity', ...deps.voiceModel, detail: 'Silero VAD 5.1.2' },
      ...analysers.map((verdict) => ({
        role: 'analysis' as const,
        name: verdict.model,
        digest: verdict.policyHash,
        detail: `${verdict.engine}, ${verdict.policyVersion}`,
      })),
    ],
    policies: deps.verdicts.policiesOf(live.id),
    thresholdBp: deps.thresholdBp(),
    segments,
    gaps,
    notes: deps.notes.ofLive(live.id),
    alerts: deps.alerts
      .ofLive(live.id)
      .map(({ text: _text, ...alert }) => ({ ...alert, decisions: deps.review.history(alert.itemId) })),
    journal: deps.journal.head(),
  };
}
