import { bandOf } from '#shared/policy/risk.ts';
import type { Decision } from '#shared/model/review.ts';
import type { Segment } from '#shared/model/segment.ts';
import type { TranscriptDocument } from '#shared/model/transcript-document.ts';
import { showUnsafe } from '../writers/clean-text.ts';
import { position } from '../writers/times.ts';
import type { Words } from '../writers/words.ts';
import { riskView } from './segment-view.ts';
import { holdsLongWord, textView } from './text-view.ts';
import type { AlertView } from './view.ts';

/** Each alert with what was said and every decision ever taken on it, undone ones included, oldest first. */
export function alertViews(document: TranscriptDocument, words: Words): AlertView[] {
  const segments = new Map(document.segments.map((segment) => [segment.id, segment]));
  return document.alerts.map((alert, index) => alertView(alert, index + 1, segments.get(alert.segmentId), words));
}

function alertView(
  alert: TranscriptDocument['alerts'][number],
  number: number,
  segment: Segment | undefined,
  words: Words,
): AlertView {
  const { t } = words;
  const band = bandOf(alert.scoreBp);
  const parts = {
    heading: t('alerts.number', { number }),
    status: t(`alertStatus.${alert.status}`),
    // The score that raised the alert; the segment's current verdict may be another, later one.
    risk: {
      band,
      score: words.score(alert.scoreBp),
      label: t(`band.${band}`),
      details: segment?.verdict ? riskView(segment.verdict, words).details : [],
    },
    line: [
      t('alerts.segment', { number: alert.segmentNumber }),
      `${position(alert.startMs)}–${position(alert.endMs)}`,
      t('alerts.raised', { at: words.date(alert.at) }),
      t('alerts.lane', { lane: t(`lane.${alert.lane}`) }),
    ],
    why: t('alerts.reasons', { reasons: alert.reasons.map((reason) => t(`alertReason.${reason}`)).join(', ') }),
    text: segment && segment.text.trim() !== '' ? textView(segment) : null,
    justification: segment?.verdict ? words.justification(segment.verdict).map(showUnsafe) : [],
    decisions: alert.decisions.toSorted((a, b) => a.at - b.at).map((decision) => decisionView(decision, words)),
    undecided: t('alerts.undecided'),
  };
  return { ...parts, long: holdsLongWord(parts) };
}

function decisionView(decision: Decision, { t, date }: Words): AlertView['decisions'][number] {
  const details = [
    { label: t('decision.reason'), value: decision.reason && t(`decisionReason.${decision.reason}`) },
    { label: t('decision.note'), value: decision.note },
    { label: t('decision.statement'), value: decision.statement },
  ];
  return {
    made: t('decision.made', {
      verdict: t(`decision.verdict.${decision.verdict}`),
      by: showUnsafe(decision.by),
      at: date(decision.at),
    }),
    undone:
      decision.undoneAt === null
        ? null
        : t('decision.undone', {
            by: showUnsafe(decision.undoneBy ?? t('document.unknown')),
            at: date(decision.undoneAt),
          }),
    details: details.flatMap(({ label, value }) => (value ? [{ label, value: showUnsafe(value) }] : [])),
    remark: decision.stopCapture ? t('decision.stopCapture') : null,
  };
}
