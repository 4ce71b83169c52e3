import type { Case } from '#shared/model/case.ts';
import { momentText } from './figures.ts';
import type { LineTools } from './lines.ts';
import { neutralise } from './neutralise.ts';

/** A case; `done`: what the command did to it, null in a list. */
export type CaseEvent = {
  type: 'case';
  caseId: string;
  done: 'added' | 'changed' | 'closed' | 'reopened' | null;
} & Omit<Case, 'id'>;

/** A live was put into a case; null: out of any. */
export type CaseLiveEvent = { type: 'case-live'; liveId: string; caseId: string | null; title: string | null };

export function caseEvent({ id, ...rest }: Case, done: CaseEvent['done']): CaseEvent {
  return { type: 'case', caseId: id, done, ...rest };
}

export function caseLines(event: CaseEvent, { say, style, locale }: LineTools): string[] {
  const facts = [
    say('cases.lives', { count: event.lives }),
    ...(event.closedAt === null ? [] : [say('cases.closedAt', { at: momentText(event.closedAt, locale) })]),
    ...(event.expiresAt === null ? [] : [say('cases.expires', { at: momentText(event.expiresAt, locale) })]),
    ...(event.remoteSpeech ? [say('cases.remote')] : []),
  ];
  const details = [
    [say('cases.purpose'), event.purpose],
    [say('cases.legalBasis'), event.legalBasis],
    [say('cases.glossary'), event.glossary.join(', ')],
  ].filter(([, text]) => text !== '');
  const done = event.done === null ? '' : `${style.good('✓')} ${say(`cases.done.${event.done}`)} `;
  return [
    `${done}${style.strong(neutralise(event.title))}  ${facts.join(' · ')}`,
    ...details.map(([name, text]) => `  ${name} ${neutralise(text ?? '')}`),
    style.dim(`  ${event.caseId}`),
  ];
}

export function caseLiveLines({ liveId, title }: CaseLiveEvent, { say, style }: LineTools): string[] {
  return [`${style.good('✓')} ${say(title === null ? 'cases.liveOut' : 'cases.liveIn', { liveId, title })}`];
}
