import type { CheckEvent, DecisionEvent, DeviceEvent, ExportEvent, ModelEvent, ServeEvent } from './events.ts';
import { momentText, sizeText } from './figures.ts';
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
  const marks = [
    say(event.origin === 'bundled' ? 'list.bundled' : 'list.folder'),
    say(event.multilingual ? 'list.multilingual' : 'list.englishOnly'),
    sizeText(event.sizeBytes, locale),
    ...(event.current ? [style.good(say('list.current'))] : []),
  ];
  return [
    `${event.current ? '●' : '○'} ${style.strong(neutralise(event.id))}  ${marks.join(' · ')}`,
    style.dim(`  ${neutralise(event.path)}`),
  ];
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
