import type { AlertStatus } from '#shared/model/alert.ts';
import type { DecisionVerdict } from '#shared/model/review.ts';

/** What a decision makes of an item. */
export const statusOf: Record<DecisionVerdict, Exclude<AlertStatus, 'pending'>> = {
  dismiss: 'dismissed',
  review: 'reviewed',
  action: 'action_taken',
};

/** How long outside effects wait, so that an undo can still call them back. */
export const effectGraceMs = 5_000;

export type ItemState = { status: AlertStatus; version: number };
export type LastDecision = { id: string; verdict: DecisionVerdict; byName: string; at: number } | null;

export type Ruling =
  | { ok: true; status: AlertStatus; version: number }
  | { ok: false; refusal: 'already-decided'; by: LastDecision };

/** Whether a decision based on `basedOn` may be taken, and the state it leads to. */
export function decide(
  item: ItemState,
  last: LastDecision,
  command: { verdict: DecisionVerdict; basedOn: number },
): Ruling {
  if (item.version !== command.basedOn || item.status !== 'pending')
    return { ok: false, refusal: 'already-decided', by: last };
  return { ok: true, status: statusOf[command.verdict], version: item.version + 1 };
}

export type UndoRuling =
  | { ok: true; status: AlertStatus; version: number }
  | { ok: false; reason: 'already-undone' | 'superseded' | 'effect-carried-out' };

/** Whether a decision may be taken back: it is the last word on its item, and nothing outside was done because of it. */
export function undo(
  item: ItemState,
  decision: { id: string; undone: boolean },
  last: LastDecision,
  effects: readonly { state: 'waiting' | 'done' | 'cancelled' | 'given_up' }[],
): UndoRuling {
  if (decision.undone) return { ok: false, reason: 'already-undone' };
  if (last?.id !== decision.id) return { ok: false, reason: 'superseded' };
  if (effects.some(({ state }) => state === 'done')) return { ok: false, reason: 'effect-carried-out' };
  return { ok: true, status: 'pending', version: item.version + 1 };
}
