import type { Locale } from '#shared/i18n/index.ts';
import { bandShapes } from '#shared/policy/risk.ts';
import type { Say } from '../i18n/index.ts';
import { accountLines, refusedLines, stepLines, testLines } from './account-events.ts';
import { caseLines, caseLiveLines } from './case-events.ts';
import { evaluationLines, missLines } from './evaluation-events.ts';
import { folderFileLines, folderLines } from './folder-events.ts';
import { rulesLines } from './rule-events.ts';
import { checkLines, decisionLines, deviceLines, exportLines, modelLines, serveLines } from './desk-lines.ts';
import { endLines } from './end-lines.ts';
import type {
  AlertEvent,
  CaptureEvent,
  GapEvent,
  LiveEvent,
  OutputEvent,
  SegmentEvent,
  VerdictEvent,
} from './events.ts';
import { clockTime, momentText, scoreText } from './figures.ts';
import { neutralise } from './neutralise.ts';
import type { Style } from './style.ts';

export type LineTools = { say: Say; style: Style; locale: Locale };

/** What a person reads for an event: no line, one, or several. Everything that was said or named by others is made safe. */
export function linesFor(event: OutputEvent, tools: LineTools): string[] {
  switch (event.type) {
    case 'live':
      return liveLines(event, tools);
    case 'segment':
      return segmentLines(event, tools);
    case 'verdict':
      return event.revised ? revisedLines(event, tools) : [];
    case 'alert':
      return alertLines(event, tools);
    case 'gap':
      return gapLines(event, tools);
    case 'capture':
      return captureLines(event, tools);
    case 'end':
      return endLines(event, tools);
    case 'export':
      return exportLines(event, tools);
    case 'check':
      return checkLines(event, tools);
    case 'model':
      return modelLines(event, tools);
    case 'device':
      return deviceLines(event, tools);
    case 'decision':
      return decisionLines(event, tools);
    case 'serve':
      return serveLines(event, tools);
    case 'account':
      return accountLines(event, tools);
    case 'account-refused':
      return refusedLines(event, tools);
    case 'account-step':
      return stepLines(event, tools);
    case 'account-test':
      return testLines(event, tools);
    case 'case':
      return caseLines(event, tools);
    case 'case-live':
      return caseLiveLines(event, tools);
    case 'evaluation':
      return evaluationLines(event, tools);
    case 'evaluation-miss':
      return missLines(event, tools);
    case 'rule':
    case 'bank':
    case 'rule-hit':
    case 'rule-replay':
    case 'rule-version':
    case 'rule-try':
    case 'rules-file':
      return rulesLines(event, tools);
    case 'folder':
      return folderLines(event, tools);
    case 'folder-file':
      return folderFileLines(event, tools);
    // Shown as a line that is rewritten in place, and said beside the result (models.ts, speech-notice.ts).
    case 'model-arrival':
    case 'model-notice':
    case 'speech':
    // In the progress line (watch-live.ts).
    case 'tentative':
    // Worded by their commands (search.ts, notes.ts).
    case 'hit':
    case 'note':
    // Worded by its command (lanes.ts).
    case 'lane':
    case 'disk':
    case 'error':
      return [];
  }
}

/** Score, shape, band word: the badge that stands before every text. Fixed width, so that texts line up. */
export function badge(
  judged: { score: number; band: SegmentEvent['band'] & string },
  { say, style }: LineTools,
): string {
  const word = say(`band.${judged.band}`).padEnd(6);
  return style.band[judged.band](`${bandShapes[judged.band]} ${scoreText(judged.score)} ${word}`);
}

const noBadge = ' '.repeat('○ 0.20 faible'.length);
/** Under a segment's text: time, badge and the spaces between them. */
const indent = ' '.repeat('00:00.0  ○ 0.20 faible  '.length);

function liveLines(event: LiveEvent, { say, style }: LineTools): string[] {
  const head = style.strong(say('line.live', { title: event.title, source: event.source }));
  return [head, style.dim(say('line.liveId', { id: event.liveId }))];
}

function segmentLines(event: SegmentEvent, tools: LineTools): string[] {
  const { say, style } = tools;
  const time = style.dim(clockTime(event.startMs));
  const line = (mark: string, text: string) => `${time}  ${mark}  ${text}`.trimEnd();
  const aside = (text: string) => [line(noBadge, style.dim(text))];
  switch (event.state) {
    case 'silent':
      return aside(say('line.silent'));
    case 'failed':
      return [line(noBadge, style.bad(say('line.failed', { failure: event.failure ?? '?' })))];
    case 'filtered': {
      const reasons = [...new Set(event.filtered.map(({ reason }) => say(`filterReason.${reason}`)))];
      return aside(say('line.filtered', { reasons, text: event.filtered.map(({ text }) => text).join(' ') }));
    }
    case 'heard':
    case 'written': {
      const text = neutralise(event.text);
      if (event.score === null || event.band === null)
        return [line(noBadge, `${text} ${style.dim(`[${say('line.unjudged')}]`)}`)];
      const category =
        event.category && event.category !== 'neutre'
          ? ` ${style.strong(`[${say(`category.${event.category}`)}]`)}`
          : '';
      return [line(badge({ score: event.score, band: event.band }, tools), text + category)];
    }
  }
}

function revisedLines(event: VerdictEvent, tools: LineTools): string[] {
  const { say, style } = tools;
  const what = `${say('line.revised', { number: event.number })}: ${say(`category.${event.category}`)}`;
  return [
    `${style.dim(clockTime(event.startMs))}  ${badge(event, tools)}  ${style.strong(what)} ${neutralise(event.justification)}`.trimEnd(),
  ];
}

/** Following a live the text stands right above; a list of alerts (no justification read) carries it along. */
function alertLines(event: AlertEvent, tools: LineTools): string[] {
  const { say, style, locale } = tools;
  const reasons = event.reasons.map((reason) => say(`alertReason.${reason}`));
  const head = style.alert(`‼ ${say('line.alert', { lane: say(`lane.${event.lane}`), reasons })}`);
  const causes = event.rules.map(({ name, version, quotes }) => {
    const words = quotes.map(({ text }) => style.strong(say('line.quote', { text })));
    return [say('line.rule', { name, version }), ...words].join(' ');
  });
  if (event.quotes !== null) {
    // One rule may quote a part of what another quotes: the longer one is enough for a line.
    const longest = event.quotes.filter(
      (quote, _, all) => !all.some((other) => other !== quote && other.includes(quote)),
    );
    const quotes = longest.map((text) => style.strong(say('line.quote', { text }))).join(' ');
    const why = event.justification ? [`${indent}${neutralise(event.justification)}`] : [];
    return [`${' '.repeat(9)}${head}  ${quotes}`.trimEnd(), ...why, ...causes.map((line) => `${indent}${line}`)];
  }
  const where = `${neutralise(event.title)} · ${clockTime(event.startMs)} · ${momentText(event.at, locale)}`;
  return [
    `${badge(event, tools)}  ${head}  ${style.dim(say(`alertStatus.${event.status}`))}`,
    `  ${neutralise(event.text)}`,
    ...causes.map((line) => `  ${line}`),
    style.dim(`  ${where}`),
    style.dim(`  ${event.alertId}`),
  ];
}

function gapLines(event: GapEvent, { say, style }: LineTools): string[] {
  const { startMs, endMs, cause } = event;
  const text = say('line.gap', { start: clockTime(startMs), end: clockTime(endMs), cause: say(`gapCause.${cause}`) });
  return [`${style.dim(clockTime(startMs))}  ${style.warn(`⋯ ${text}`)}`];
}

/** Only what a person must know: that nothing is heard, since when and why, and that it is again. */
function captureLines(event: CaptureEvent, { say, style }: LineTools): string[] {
  const { state, sinceMs, cause } = event;
  if (state === 'starting' || state === 'ended') return [];
  const name = say(`captureState.${state}`);
  const since = clockTime(sinceMs);
  const saidByState = cause === 'disk' || (cause === 'stall' && state === 'stalled');
  const text =
    cause === null
      ? name
      : saidByState
        ? say('line.captureSince', { state: name, since })
        : say('line.captureTrouble', { state: name, since, cause: say(`gapCause.${cause}`) });
  const mark = cause === null ? style.dim(`· ${text}`) : style.warn(`! ${text}`);
  return [`${style.dim(clockTime(sinceMs))}  ${mark}`];
}
