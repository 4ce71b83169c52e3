import type { Alert } from '#shared/model/alert.ts';
import type { ExportRecord } from '#shared/model/export.ts';
import type { Fact } from '#shared/model/fact.ts';
import { captureStates, type Gap, gapCauses, type Live } from '#shared/model/live.ts';
import type { Tentative } from '#shared/model/tentative.ts';
import type { Segment } from '#shared/model/segment.ts';
import type { Verdict } from '#shared/model/verdict.ts';
import { bandOf } from '#shared/policy/risk.ts';
import type { Say } from '../i18n/index.ts';
import type {
  AlertEvent,
  ExportEvent,
  CaptureEvent,
  GapEvent,
  LiveEvent,
  SegmentEvent,
  TentativeEvent,
  VerdictEvent,
} from './events.ts';
import { scoreOf } from './figures.ts';
import { justificationOf, quotesOf } from './justification.ts';

export function liveEvent(live: Live): LiveEvent {
  const { id, sourceLabel, maxScoreBp, title, account, state, captureState, startedAt, endedAt, endReason } = live;
  const { language, model, capturedMs, writtenMs, sourceMs, segments, gaps, alerts, pendingAlerts } = live;
  return {
    type: 'live',
    liveId: id,
    title,
    account,
    source: sourceLabel,
    state,
    captureState,
    startedAt,
    endedAt,
    endReason,
    language,
    model,
    capturedMs,
    writtenMs,
    sourceMs,
    segments,
    gaps,
    alerts,
    pendingAlerts,
    maxScore: maxScoreBp === null ? null : scoreOf(maxScoreBp),
  };
}

export function segmentEvent(segment: Segment): SegmentEvent {
  const { liveId, number, startMs, endMs, state, text, language, filtered, failure, alertId, verdict } = segment;
  const { edited, writtenBy } = segment;
  return {
    type: 'segment',
    liveId,
    number,
    startMs,
    endMs,
    state,
    text,
    language,
    score: verdict && scoreOf(verdict.scoreBp),
    band: verdict && verdict.band,
    category: verdict && verdict.category,
    virality: verdict && verdict.virality,
    hate: verdict && verdict.hate,
    alertId,
    filtered,
    failure,
    edited,
    writtenBy,
  };
}

export function tentativeEvent({ liveId, startMs, endMs, stable, unstable }: Tentative): TentativeEvent {
  return { type: 'tentative', liveId, startMs, endMs, stable, text: `${stable} ${unstable}`.trim() };
}

export function verdictEvent(segment: Segment, verdict: Verdict, revised: boolean, say: Say): VerdictEvent {
  const { liveId, number, startMs, endMs } = segment;
  const { scoreBp, band, category, virality, hate, target, targetText, engine, model, policyVersion } = verdict;
  return {
    type: 'verdict',
    liveId,
    number,
    startMs,
    endMs,
    score: scoreOf(scoreBp),
    band,
    category,
    virality,
    hate,
    target,
    targetText,
    justification: justificationOf(verdict, say),
    quotes: quotesOf(verdict),
    engine,
    model,
    policyVersion,
    revised,
  };
}

/** `segment` is null where the command does not read what was said around the alert. */
export function alertEvent(alert: Alert & { text: string }, segment: Segment | null, say: Say): AlertEvent {
  const {
    id,
    liveId,
    itemId,
    liveTitle,
    account,
    segmentNumber,
    startMs,
    endMs,
    lane,
    reasons,
    rules,
    status,
    at,
    text,
    scoreBp,
  } = alert;
  const verdict = segment?.verdict ?? null;
  return {
    type: 'alert',
    alertId: id,
    liveId,
    itemId,
    number: segmentNumber,
    startMs,
    endMs,
    title: liveTitle,
    account,
    score: scoreOf(scoreBp),
    band: bandOf(scoreBp),
    lane,
    reasons,
    rules,
    status,
    at,
    text,
    justification: verdict && justificationOf(verdict, say),
    quotes: verdict && quotesOf(verdict),
  };
}

export function gapEvent({ id, liveId, startMs, endMs, cause }: Gap): GapEvent {
  return { type: 'gap', gapId: id, liveId, startMs, endMs, cause };
}

/** A fact `capture.state`, as the engine wrote it. */
export function captureEvent({ at, subjectId, data }: Fact): CaptureEvent {
  const state = captureStates.find((known) => known === data.state) ?? 'reconnecting';
  const cause = gapCauses.find((known) => known === data.cause) ?? null;
  return { type: 'capture', liveId: subjectId, state, sinceMs: Number(data.sinceMs), cause, at };
}

/** @throws TypeError for an export that is not done: it has no path yet */
export function exportEvent(record: ExportRecord): ExportEvent {
  if (record.path === null || record.sizeBytes === null) throw new TypeError(`export ${record.id} is ${record.state}`);
  const { id, liveId, format, path, sizeBytes, sha256 } = record;
  return { type: 'export', exportId: id, liveId, format, path, sizeBytes, sha256 };
}
