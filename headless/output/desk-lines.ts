import type { CheckEvent, DecisionEvent, DeviceEvent, ExportEvent, ModelEvent, ServeEvent } from './events.ts';
import { momentText, percentText, sizeText, timesText } from './figures.ts';
import type { LineTools } from './lines.ts';
import { neutralise } from './neutralise.ts';

export function exportLines(event: ExportEvent, { say, locale }: LineTools): string[] {
  return [
    say('export.written', {
      format: event.format.toUpperCase(),
      path: event.path,
      size: sizeText(event.sizeBytes, locale),
    }),
  ];
}

const outcomeMarks = { ok: '✓', warning: '!', failed: '✗' } as const;

export function checkLines(event: CheckEvent, { say, style }: LineTools): string[] {
  const paint = { ok: style.good, warning: style.warn, failed: style.bad }[event.outcome];
  const mark = paint(`${outcomeMarks[event.outcome]} ${say(`checks.${event.outcome}`).padEnd(7)}`);
  const line = `${mark} ${neutralise(event.message)} ${style.dim(`${event.tookMs} ms`)}`;
  return event.fixMessage === null ? [line] : [line, `          ${say('checks.fix', { fix: event.fixMessage })}`];
}

export function modelLines(event: ModelEvent, { say, style, locale }: LineTools): string[] {
  const { installed, arrival, fit } = event;
  const paint = { fits: style.good, tight: style.warn, 'too-large': style.bad }[fit];
  const marks = [
    sizeText(event.sizeBytes, locale),
    say('models.memory', { size: sizeText(event.needBytes, locale) }),
    paint(say(`modelFit.${fit}`)),
    ...(event.realTimeFactor === null
      ? []
      : [say('models.speed', { times: timesText(1 / event.realTimeFactor, locale) })]),
    ...(installed ? [say(installed.origin === 'bundled' ? 'list.bundled' : 'list.folder')] : []),
    ...(installed && !installed.multilingual ? [say('list.englishOnly')] : []),
    ...(event.recommended ? [say('models.recommended')] : []),
    ...(installed?.test ? [style.warn(say('models.test'))] : []),
    ...(event.current ? [style.good(say('list.current'))] : []),
    ...(arrival ? [style.warn(arrivalText(event, arrival, { say, locale }))] : []),
  ];
  const mark = event.current ? '●' : installed ? '○' : ' ';
  const line = `${mark} ${style.strong(neutralise(event.id))}  ${marks.join(' · ')}`;
  return installed ? [line, style.dim(`  ${neutralise(installed.path)}`)] : [line];
}

/** How far a model on its way is: state, bytes of bytes. */
export function arrivalText(
  { sizeBytes }: { sizeBytes: number },
  { state, receivedBytes }: { state: string; receivedBytes: number },
  { say, locale }: Pick<LineTools, 'say' | 'locale'>,
): string {
  const percent = percentText(sizeBytes > 0 ? Math.min(1, receivedBytes / sizeBytes) : 0, locale);
  return say(`models.arrival.${state}`, { received: sizeText(receivedBytes, locale), percent });
}

export function deviceLines(event: DeviceEvent, { say, style }: LineTools): string[] {
  const marks = [
    say(event.monitor ? 'list.monitor' : 'list.microphone'),
    say(`deviceSystem.${event.system}`),
    ...(event.preferred ? [style.good(say('list.preferred'))] : []),
  ];
  return [
    `${event.monitor ? '◁' : '●'} ${style.strong(neutralise(event.label))}  ${marks.join(' · ')}`,
    style.dim(`  ${neutralise(event.reference)}`),
  ];
}

export function decisionLines(event: DecisionEvent, { say, style, locale }: LineTools): string[] {
  const undone = event.undoneAt !== null;
  const what = [
    say(undone ? 'decision.undone' : `decision.${event.verdict}`),
    say(`alertStatus.${event.status}`),
    ...(event.reason && !undone ? [say(`decisionReason.${event.reason}`)] : []),
    ...(event.stopCapture && !undone ? [say('decision.stopped')] : []),
  ];
  const by = say('line.by', {
    by: undone ? (event.undoneBy ?? event.by) : event.by,
    at: momentText(event.undoneAt ?? event.at, locale),
  });
  const said = [event.note, event.statement]
    .filter((text) => text !== null)
    .map((text) => `  ${say('line.quote', { text })}`);
  return [`${style.good('✓')} ${what.join(' · ')} ${style.dim(by)}`, ...said, style.dim(`  ${event.decisionId}`)];
}

export function serveLines({ url, address, browserOpened }: ServeEvent, { say, style }: LineTools): string[] {
  const lines = [style.strong(say('serve.ready', { address })), `  ${url}`, style.dim(`  ${say('serve.once')}`)];
  return browserOpened ? [...lines, say('serve.opened')] : [...lines, say('serve.notOpened')];
}
