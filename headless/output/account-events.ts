import type { ResolverStep, Watch, WatchState } from '#shared/model/watch.ts';
import type { Say } from '../i18n/index.ts';
import { momentText } from './figures.ts';
import type { LineTools } from './lines.ts';
import { neutralise } from './neutralise.ts';

/** A followed account; `done`: what the command did to it, null in a list. */
export type AccountEvent = {
  type: 'account';
  watchId: string;
  done: 'added' | 'changed' | 'paused' | 'resumed' | 'checking' | 'removed' | 'restored' | null;
} & Omit<Watch, 'id'>;

/** Something typed that is not followed, and why. `watchId`: the account that is followed under this name already. */
export type AccountRefusedEvent = {
  type: 'account-refused';
  text: string;
  reason: string;
  watchId: string | null;
  message: string;
};

/** One question put to a platform by `accounts test`. */
export type AccountStepEvent = { type: 'account-step'; handle: string; message: string } & ResolverStep;

export type AccountTestEvent = {
  type: 'account-test';
  handle: string;
  state: WatchState;
  reason: string;
  retryAt: number | null;
  message: string;
};

export function accountEvent({ id, ...rest }: Watch, done: AccountEvent['done']): AccountEvent {
  return { type: 'account', watchId: id, done, ...rest };
}

export function refusedEvent(
  refused: { text: string; reason: string; watchId: string | null },
  say: Say,
): AccountRefusedEvent {
  const message = say(`accounts.refused.${refused.reason}`, { text: refused.text });
  return { type: 'account-refused', ...refused, message };
}

export function stepEvent(handle: string, step: ResolverStep, say: Say): AccountStepEvent {
  const reason = step.detail['reason'];
  const why = typeof reason === 'string' && say.has(`watchReason.${reason}`) ? say(`watchReason.${reason}`) : '';
  const message = `${say(`resolverStep.${step.step}`)}: ${say(`stepOutcome.${step.outcome}`)}`;
  return { type: 'account-step', handle, ...step, message: why === '' ? message : `${message}. ${why}` };
}

export function testEvent(handle: string, found: Omit<AccountTestEvent, 'type' | 'handle' | 'message'>, say: Say) {
  const message = `${say(`watchState.${found.state}`)}. ${say(`watchReason.${found.reason}`)}`;
  return { type: 'account-test', handle, ...found, message } satisfies AccountTestEvent;
}

const stateMarks: Record<WatchState, string> = {
  en_ligne: '●',
  actif: '◐',
  hors_ligne: '○',
  bloque: '✗',
  restreint: '!',
  prive: '!',
  inconnu: '?',
};

export function accountLines(event: AccountEvent, { say, style, locale }: LineTools): string[] {
  const done = event.done === null ? '' : `${style.good('✓')} ${say(`accounts.done.${event.done}`)} `;
  const state = say(`watchState.${event.state}`);
  const head = [
    event.state === 'en_ligne' ? style.good(state) : event.state === 'bloque' ? style.warn(state) : state,
    say('accounts.since', { at: momentText(event.stateSince, locale) }),
    ...(event.liveId === null ? [] : [say('accounts.heard')]),
    ...(event.paused ? [say('accounts.paused')] : []),
  ];
  const choices = [
    say(`accounts.policy.${event.policy}`),
    say(`accounts.priority.${event.priority}`),
    say('accounts.lives', { count: event.lives }),
    ...(event.nextCheckAt === null ? [] : [say('accounts.next', { at: momentText(event.nextCheckAt, locale) })]),
  ];
  const reason = event.state === 'en_ligne' || event.state === 'hors_ligne' ? [] : [say(`watchReason.${event.reason}`)];
  const name = event.displayName === null ? '' : ` ${neutralise(event.displayName)}`;
  return [
    `${done}${stateMarks[event.state]} ${style.strong(`@${neutralise(event.handle)}`)}${name}  ${head.join(' · ')}`,
    `  ${choices.join(' · ')}`,
    ...reason.map((text) => `  ${text}`),
    style.dim(`  ${event.watchId}`),
  ];
}

export const refusedLines = ({ message }: AccountRefusedEvent, { style }: LineTools): string[] => [
  style.warn(`! ${message}`),
];

const outcomeMarks = { ok: '✓', no: '○', blocked: '✗', failed: '✗', skipped: '·' } as const;

export const stepLines = (event: AccountStepEvent, { style }: LineTools): string[] => [
  `${outcomeMarks[event.outcome]} ${neutralise(event.message)} ${style.dim(`${event.tookMs} ms`)}`,
];

export function testLines(event: AccountTestEvent, { say, style, locale }: LineTools): string[] {
  return [
    `${style.strong(`@${neutralise(event.handle)}`)}  ${event.message}`,
    ...(event.retryAt === null ? [] : [`  ${say('accounts.retryAt', { at: momentText(event.retryAt, locale) })}`]),
  ];
}
