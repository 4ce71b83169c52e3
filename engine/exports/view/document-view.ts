import { isHeardAsItHappens } from '#shared/model/source.ts';
import { alertStatuses } from '#shared/model/alert.ts';
import type { TranscriptDocument } from '#shared/model/transcript-document.ts';
import { bandFloorsBp, bandOf, bands, riskScore } from '#shared/policy/risk.ts';
import { showUnsafe } from '../writers/clean-text.ts';
import { position } from '../writers/times.ts';
import { createWords, type Words } from '../writers/words.ts';
import { alertViews } from './alert-view.ts';
import { factGroups } from './fact-groups.ts';
import { segmentRows } from './segment-view.ts';
import { textView } from './text-view.ts';
import type { DocumentView } from './view.ts';

/** Everything the PDF and the plain text print, said once. Pure; the document's locale and time zone decide the words. */
export function documentView(document: TranscriptDocument): DocumentView {
  const words = createWords(document);
  const { t } = words;
  const { live } = document;
  return {
    locale: document.locale,
    generatedUtc: utcParts(document.generatedAt),
    title: t('document.title'),
    subject: shortened(showUnsafe(live.account ? `${live.account} — ${live.title}` : live.title)),
    generated: t('document.generated', {
      at: words.date(document.generatedAt),
      by: showUnsafe(document.by),
      generator: showUnsafe(document.generator),
    }),
    running: t('document.running', { seq: document.journal.seq, hash: showUnsafe(document.journal.hash.slice(0, 16)) }),
    pageOf: t('document.page', { page: '{{page}}', pages: '{{pages}}' }),
    facts: factGroups(document, words),
    summary: summary(document, words),
    reading: reading(document, words),
    alerts: { heading: t('alerts.heading'), none: t('alerts.none'), items: alertViews(document, words) },
    gaps: {
      heading: t('gaps.heading'),
      none: t('gaps.none'),
      head: [t('gaps.from'), t('gaps.to'), t('gaps.length'), t('gaps.cause')],
      rows: document.gaps.map((gap) => [
        position(gap.startMs),
        position(gap.endMs),
        words.duration(gap.endMs - gap.startMs),
        t(`gapCause.${gap.cause}`),
      ]),
    },
    segments: {
      heading: t('segments.heading'),
      none: t('segments.none'),
      head: [t('segments.position'), t('segments.number'), t('segments.text'), t('segments.risk')],
      rows: segmentRows(document, words),
    },
    notes: {
      heading: t('notes.heading'),
      head: [t('segments.position'), t('notes.text'), t('notes.by')],
      rows: document.notes.map((note) => [
        position(note.atMs),
        note.text === '' ? t('notes.bookmark') : showUnsafe(note.text),
        t('notes.byAt', { by: showUnsafe(note.by), at: words.date(note.changedAt) }),
      ]),
    },
    filtered: {
      heading: t('filtered.heading'),
      explain: t('filtered.explain'),
      head: [t('segments.position'), t('segments.number'), t('filtered.text'), t('filtered.reason')],
      rows: document.segments.flatMap((segment) =>
        segment.filtered.map(({ text, reason }) => ({
          number: String(segment.number),
          position: position(segment.startMs),
          text: textView({ text, language: segment.language, verdict: null }),
          reason: t(`filterReason.${reason}`),
        })),
      ),
    },
  };
}

/** One line at the head of every page; the whole title stands among the facts. */
function shortened(text: string): string {
  const letters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  return letters.length <= 100 ? text : `${letters.slice(0, 99).join('')}…`;
}

function utcParts(atMs: number): number[] {
  const at = new Date(atMs);
  return [
    at.getUTCFullYear(),
    at.getUTCMonth() + 1,
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
    at.getUTCSeconds(),
  ];
}

function summary(document: TranscriptDocument, { t }: Words): DocumentView['summary'] {
  const counts = (alerts: TranscriptDocument['alerts']) =>
    [...alertStatuses.map((status) => alerts.filter((alert) => alert.status === status).length), alerts.length].map(
      String,
    );
  return {
    heading: t('summary.heading'),
    none: t('summary.none'),
    head: [t('summary.band'), ...alertStatuses.map((status) => t(`alertStatus.${status}`)), t('summary.total')],
    rows: bands.toReversed().map((band) => ({
      band,
      label: t(`band.${band}`),
      counts: counts(document.alerts.filter((alert) => bandOf(alert.scoreBp) === band)),
    })),
  };
}

/** The score's arithmetic, read from the policy itself so that the page cannot say another sum. */
function reading(document: TranscriptDocument, { t, score, zone }: Words): DocumentView['reading'] {
  const base = riskScore({ virality: 'faible', hate: false }).scoreBp;
  const over = (judged: Parameters<typeof riskScore>[0]) => score(riskScore(judged).scoreBp - base);
  return {
    heading: t('reading.heading'),
    paragraphs: [
      t('reading.score', {
        min: score(0),
        max: score(10_000),
        base: score(base),
        medium: over({ virality: 'moyenne', hate: false }),
        strong: over({ virality: 'forte', hate: false }),
        hate: over({ virality: 'faible', hate: true }),
        mid: score(bandFloorsBp.moyen),
        high: score(bandFloorsBp.eleve),
      }),
      isHeardAsItHappens(document.live.sourceKind)
        ? t('reading.clock', { zone: zone(document.live.startedAt) })
        : t('reading.positions'),
      t('reading.human'),
      t('reading.glyphs'),
    ],
    marks: t('reading.marks'),
    bands: bands.map((band) => ({ band, label: t(`band.${band}`) })),
  };
}
