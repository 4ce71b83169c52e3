import { stringify } from 'csv-stringify/sync';
import type { Decision } from '#shared/model/review.ts';
import type { Segment } from '#shared/model/segment.ts';
import type { TranscriptDocument } from '#shared/model/transcript-document.ts';
import { guardCell } from './csv-cell.ts';
import { subtitleTime } from './times.ts';
import { createWords, type Words } from './words.ts';

/** Stable names, in order; a new column goes at the end. Codes (state, band, category...) are those of shared/model. */
export const csvColumns = [
  'kind',
  'liveId',
  'number',
  'startMs',
  'endMs',
  'time',
  'text',
  'language',
  'state',
  'score',
  'band',
  'category',
  'virality',
  'hate',
  'target',
  'targetText',
  'justification',
  'quotes',
  'model',
  'policyVersion',
  'alertId',
  'alertStatus',
  'decision',
  'decisionReason',
  'decidedBy',
  'decidedAt',
  'note',
  'statement',
  'undoneDecisions',
  'filteredText',
  'filteredReason',
  'failure',
  'gapCause',
  'speechModel',
  'speechDevice',
  'editedText',
  'editedBy',
  'editedAt',
] as const;
type Row = Partial<Record<(typeof csvColumns)[number], string>>;

/**
 * One row per segment (`kind` = `segment`) per declared gap (`gap`) and per note (`note`, with who and when in
 * `editedBy` and `editedAt`), in time order. RFC 4180 with a comma,
 * CRLF, every cell quoted, UTF-8 with a byte order mark so that Excel reads accents; scores with two decimals and a
 * point whatever the language, decision times in ISO 8601 UTC. Formula-safe: see csv-cell.ts for the rule and its reverse.
 */
export function write(document: TranscriptDocument): string {
  const words = createWords(document);
  const alerts = new Map(document.alerts.map((alert) => [alert.id, alert]));
  const rows = [
    ...document.segments.map((segment) => ({ at: segment.startMs, row: segmentRow(segment, alerts, words) })),
    ...document.gaps.map((gap) => ({ at: gap.startMs, row: gapRow(gap) })),
    ...document.notes.map((note) => ({ at: note.atMs, row: noteRow(note) })),
  ].toSorted((a, b) => a.at - b.at);
  const records = rows.map(({ row }) => csvColumns.map((column) => guardCell(row[column] ?? '')));
  return stringify([[...csvColumns], ...records], {
    bom: true,
    quoted: true,
    quoted_empty: true,
    record_delimiter: 'windows',
  });
}

function segmentRow(segment: Segment, alerts: Map<string, TranscriptDocument['alerts'][number]>, words: Words): Row {
  const { verdict } = segment;
  const alert = segment.alertId ? alerts.get(segment.alertId) : undefined;
  return {
    kind: 'segment',
    liveId: segment.liveId,
    number: String(segment.number),
    startMs: String(segment.startMs),
    endMs: String(segment.endMs),
    time: subtitleTime(segment.startMs, '.'),
    text: segment.text,
    language: segment.language ?? '',
    state: segment.state,
    ...(verdict && {
      score: (verdict.scoreBp / 10_000).toFixed(2),
      band: verdict.band,
      category: verdict.category,
      virality: verdict.virality,
      hate: verdict.hate ? 'true' : 'false',
      target: verdict.target ?? '',
      targetText: verdict.targetText ?? '',
      justification: words.justification(verdict).join(' · '),
      quotes: verdict.reasons.map((reason) => reason.quote).join(' · '),
      model: verdict.model,
      policyVersion: verdict.policyVersion,
    }),
    alertId: segment.alertId ?? '',
    ...(alert && { alertStatus: alert.status, ...decisionCells(alert.decisions) }),
    filteredText: segment.filtered.map(({ text }) => text).join(' · '),
    filteredReason: segment.filtered.map(({ reason }) => reason).join(' · '),
    failure: segment.failure ?? '',
    ...(segment.edited && {
      editedText: segment.edited.text,
      editedBy: segment.edited.by,
      editedAt: new Date(segment.edited.at).toISOString(),
    }),
    speechModel: segment.writtenBy?.model ?? '',
    speechDevice: segment.writtenBy ? `${segment.writtenBy.device} ${segment.writtenBy.deviceName}`.trim() : '',
  };
}

/** The decision that stands: the latest one nobody took back. */
function decisionCells(decisions: readonly Decision[]): Row {
  const standing = decisions
    .filter((decision) => decision.undoneAt === null)
    .toSorted((a, b) => a.at - b.at)
    .at(-1);
  return {
    undoneDecisions: String(decisions.filter((decision) => decision.undoneAt !== null).length),
    ...(standing && {
      decision: standing.verdict,
      decisionReason: standing.reason ?? '',
      decidedBy: standing.by,
      decidedAt: new Date(standing.at).toISOString(),
      note: standing.note ?? '',
      statement: standing.statement ?? '',
    }),
  };
}

function noteRow(note: TranscriptDocument['notes'][number]): Row {
  return {
    kind: 'note',
    liveId: note.liveId,
    startMs: String(note.atMs),
    endMs: String(note.atMs),
    time: subtitleTime(note.atMs, '.'),
    note: note.text,
    editedBy: note.by,
    editedAt: new Date(note.changedAt).toISOString(),
  };
}

function gapRow(gap: TranscriptDocument['gaps'][number]): Row {
  return {
    kind: 'gap',
    liveId: gap.liveId,
    startMs: String(gap.startMs),
    endMs: String(gap.endMs),
    time: subtitleTime(gap.startMs, '.'),
    gapCause: gap.cause,
  };
}
