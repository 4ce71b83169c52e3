import { bands, bandShapes } from '#shared/policy/risk.ts';
import type { DemoFigures, EndEvent } from './events.ts';
import { clockTime, numberText, percentText } from './figures.ts';
import type { LineTools } from './lines.ts';

/** The summary of a live: one figure a line, names in a column. */
export function endLines(event: EndEvent, tools: LineTools): string[] {
  const { say, style, locale } = tools;
  const head = say(`end.${event.state}`, {
    title: event.title,
    sound: clockTime(event.soundMs),
    reason: reasonText(event.reason, tools),
  });
  const alerts = bands
    .toReversed()
    .map((band) => style.band[band](`${bandShapes[band]} ${say(`band.${band}`)} ${event.alertsByBand[band]}`));
  const rows: [string, string][] = [
    ['segments', say('end.segmentsValue', { ...event })],
    ['alerts', `${event.alerts}  (${alerts.join(', ')})`],
    [
      'gaps',
      event.gaps === 0
        ? say('end.gapsNone')
        : say('end.gapsValue', { count: event.gaps, length: numberText(event.gapMs / 1000, locale, 1) }),
    ],
    ...(event.reason === 'source-damaged' ? [['damaged', say('end.damagedValue')] as [string, string]] : []),
    ...(event.demo ? demoRows(event.demo, tools) : []),
  ];
  const width = Math.max(...rows.map(([key]) => say(`end.${key}`).length));
  return [
    '',
    style.strong(head),
    ...rows.map(([key, value]) => `  ${style.dim(say(`end.${key}`).padEnd(width))}  ${value}`),
  ];
}

function demoRows({ reference, realTimeFactor, speech }: DemoFigures, { say, locale }: LineTools): [string, string][] {
  const {
    substitutions,
    deletions,
    insertions,
    referenceWords: words,
    hostile,
    hostileAlerted,
    neutral,
    neutralAlerted,
  } = reference;
  const rows: [string, string][] = [
    [
      'wer',
      say('end.werValue', { wer: percentText(reference.wer, locale), substitutions, deletions, insertions, words }),
    ],
    ['hostile', say('end.hostileValue', { found: hostileAlerted, count: hostile })],
    ['neutral', say('end.neutralValue', { alerted: neutralAlerted, count: neutral })],
  ];
  if (realTimeFactor !== null && realTimeFactor > 0) {
    const factor = numberText(realTimeFactor, locale, 3);
    rows.push([
      'realTime',
      say('end.realTimeValue', { factor, times: numberText(1 / realTimeFactor, locale, realTimeFactor > 0.1 ? 1 : 0) }),
    ]);
  }
  if (speech) rows.push(['speech', say('end.speechValue', speechWords(speech, say))]);
  return rows;
}

/** Which worker runs where, in words: the same in a notice and in the summary. */
export function speechWords(speech: NonNullable<DemoFigures['speech']>, say: LineTools['say']): Record<string, string> {
  const named = speech.deviceName ? ` (${speech.deviceName})` : '';
  return {
    worker: say(`worker.${speech.worker}`),
    device: say(`device.${speech.device}`) + named,
    model: speech.modelName,
  };
}

/** Reasons are codes of the closed list of failures or of our own; an unknown one is shown as it is. */
function reasonText(reason: string | null, { say }: LineTools): string {
  if (reason === null) return say('endReason.unknown');
  return say.has(`endReason.${reason}`) ? say(`endReason.${reason}`) : reason;
}
