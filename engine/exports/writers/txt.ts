import type { TranscriptDocument } from '#shared/model/transcript-document.ts';
import { bandShapes } from '#shared/policy/risk.ts';
import { documentView } from '../view/document-view.ts';
import type { AlertView, DocumentView, GapView, RiskView, SegmentView, TextView } from '../view/view.ts';

const indent = '            ';

/** The document as plain text a person reads from top to bottom, UTF-8, LF. */
export function write(document: TranscriptDocument): string {
  const view = documentView(document);
  const blocks = [
    underlined(view.title, '='),
    view.subject,
    view.generated,
    ...view.facts.map((group) => `${underlined(group.heading)}\n${group.facts.map(fact).join('\n')}`),
    `${underlined(view.reading.heading)}\n${view.reading.paragraphs.join('\n')}`,
    `${underlined(view.alerts.heading)}\n${view.alerts.items.map(alert).join('\n\n') || view.alerts.none}`,
    gaps(view),
    `${underlined(view.segments.heading)}\n${view.segments.rows.map(row).join('\n') || view.segments.none}`,
    ...notes(view),
    ...filtered(view),
  ];
  return `${blocks.join('\n\n')}\n`;
}

const underlined = (text: string, line = '-') => `${text.toUpperCase()}\n${line.repeat([...text].length)}`;
const fact = ({ label, value, detail }: { label: string; value: string; detail?: string }) =>
  [`${label.padEnd(26)}${value}`, ...(detail ? [`${' '.repeat(26)}${detail}`] : [])].join('\n');
const plain = (text: TextView) => text.runs.map((run) => run.text).join('');
const risk = ({ band, score, label, details }: RiskView) =>
  [`${bandShapes[band]} ${score} ${label}`, ...details].join(' · ');

function row(entry: SegmentView | GapView): string {
  if (entry.kind === 'gap') return `${entry.position}  --- ${entry.text} ---`;
  const said = entry.text ? plain(entry.text) : `[${entry.state}]`;
  const below = [
    ...(entry.risk ? [[risk(entry.risk), ...(entry.alert ? [entry.alert] : [])].join(' · ')] : []),
    ...entry.justification,
    ...(entry.edited ? [entry.edited] : []),
  ];
  const at = entry.clock.length > 0 ? `${entry.position} (${entry.clock.join(', ')})` : entry.position;
  return [`${at}  ${entry.number}. ${said}`, ...below.map((line) => `${indent}${line}`)].join('\n');
}

function alert(entry: AlertView): string {
  const decisions = entry.decisions.flatMap((decision) => [
    `  * ${decision.made}`,
    ...decision.details.map(({ label, value }) => `    ${label} – ${value}`),
    ...(decision.remark ? [`    ${decision.remark}`] : []),
    ...(decision.undone ? [`    ${decision.undone}`] : []),
  ]);
  return [
    `${entry.heading} – ${entry.status} – ${risk(entry.risk)}`,
    `  ${[...entry.line, entry.why].join(' · ')}`,
    ...(entry.text ? [`  ${plain(entry.text)}`] : []),
    ...entry.justification.map((line) => `  ${line}`),
    ...(decisions.length > 0 ? decisions : [`  ${entry.undecided}`]),
  ].join('\n');
}

function gaps(view: DocumentView): string {
  const rows = view.gaps.rows.map(([from, to, length, cause]) => `${from} – ${to}  ${length}  ${cause}`);
  return `${underlined(view.gaps.heading)}\n${rows.join('\n') || view.gaps.none}`;
}

function notes(view: DocumentView): string[] {
  if (view.notes.rows.length === 0) return [];
  const rows = view.notes.rows.map(([at, text, by]) => `${at}  ${text} [${by}]`);
  return [`${underlined(view.notes.heading)}\n${rows.join('\n')}`];
}

function filtered(view: DocumentView): string[] {
  if (view.filtered.rows.length === 0) return [];
  const rows = view.filtered.rows.map(
    (entry) => `${entry.position}  ${entry.number}. ${plain(entry.text)} [${entry.reason}]`,
  );
  return [`${underlined(view.filtered.heading)}\n${view.filtered.explain}\n${rows.join('\n')}`];
}
