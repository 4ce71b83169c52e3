import { isHeardAsItHappens } from '#shared/model/source.ts';
import type { Segment } from '#shared/model/segment.ts';
import type { TranscriptDocument } from '#shared/model/transcript-document.ts';
import type { Verdict } from '#shared/model/verdict.ts';
import { showUnsafe } from '../writers/clean-text.ts';
import { position } from '../writers/times.ts';
import type { Words } from '../writers/words.ts';
import { holdsLongWord, textView } from './text-view.ts';
import type { GapView, RiskView, SegmentView } from './view.ts';

/** Segments and gaps in time order; a gap stands before the segment that starts where it does. */
export function segmentRows(document: TranscriptDocument, words: Words): (SegmentView | GapView)[] {
  const { live } = document;
  const startDay = words.day(live.startedAt);
  const clockOf = (startMs: number) => {
    if (!isHeardAsItHappens(live.sourceKind)) return [];
    const at = live.startedAt + startMs;
    const day = words.day(at);
    return day === startDay ? [words.clock(at)] : [words.clock(at), day];
  };
  const numbers = new Map(document.alerts.map((alert, index) => [alert.id, String(index + 1)]));
  const rows = [
    ...document.gaps.map((gap) => ({ at: gap.startMs, row: gapView(gap, words) as SegmentView | GapView })),
    ...document.segments.map((segment) => ({
      at: segment.startMs,
      row: segmentView(segment, clockOf(segment.startMs), numbers, words),
    })),
  ];
  return rows.toSorted((a, b) => a.at - b.at).map(({ row }) => row);
}

export function riskView(verdict: Verdict, words: Words): RiskView {
  const { t } = words;
  const details = [
    t(`category.${verdict.category}`),
    t('segments.virality', { value: t(`virality.${verdict.virality}`) }),
    t('segments.hate', { value: t(verdict.hate ? 'hate.yes' : 'hate.no') }),
  ];
  if (verdict.target) {
    const inOwnWords = verdict.targetText ? ` (${showUnsafe(verdict.targetText)})` : '';
    details.push(t('segments.target', { value: t(`target.${verdict.target}`) + inOwnWords }));
  }
  return { band: verdict.band, score: words.score(verdict.scoreBp), label: t(`band.${verdict.band}`), details };
}

function segmentView(segment: Segment, clock: string[], alertNumbers: Map<string, string>, words: Words): SegmentView {
  const { t } = words;
  const spoken = segment.state === 'written' && segment.text.trim() !== '';
  const failure = segment.failure ? ` · ${t('segments.failure', { detail: showUnsafe(segment.failure) })}` : '';
  const alertNumber = segment.alertId ? alertNumbers.get(segment.alertId) : undefined;
  const parts = {
    number: String(segment.number),
    position: position(segment.startMs),
    clock,
    text: spoken ? textView(segment) : null,
    state: spoken ? null : t(`segmentState.${segment.state}`) + failure,
    risk: segment.verdict ? riskView(segment.verdict, words) : null,
    alert: alertNumber ? t('alerts.number', { number: alertNumber }) : null,
    justification: segment.verdict ? words.justification(segment.verdict).map(showUnsafe) : [],
    edited: segment.edited
      ? t('segments.edited', {
          text: showUnsafe(segment.edited.text),
          by: showUnsafe(segment.edited.by),
          at: words.date(segment.edited.at),
        })
      : null,
  };
  return { kind: 'segment', ...parts, long: holdsLongWord(parts) };
}

function gapView(gap: TranscriptDocument['gaps'][number], { t, duration }: Words): GapView {
  return {
    kind: 'gap',
    position: position(gap.startMs),
    text: t('gaps.row', { length: duration(gap.endMs - gap.startMs), cause: t(`gapCause.${gap.cause}`) }),
  };
}
