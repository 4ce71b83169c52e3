import { create } from 'zustand';
import { toVigieError } from '#shared/contract/errors.ts';
import { isVigieError, type ErrorData } from '#shared/errors.ts';
import { newId } from '#shared/ids.ts';
import type { DecisionReason, DecisionVerdict, ReviewItem } from '#shared/model/review.ts';
import { whenUp } from '../link/connection.ts';
import { engine } from '../link/engine.ts';
import { isConnectionFailure } from '../link/problem.ts';
import { change, emptyOutbox, lastSent, put, remove, type Outbox, type Sent } from './outbox-fold.ts';
import { queryClient } from './queries.ts';

export const useOutbox = create<{ outbox: Outbox }>(() => ({ outbox: emptyOutbox }));

const write = (next: (outbox: Outbox) => Outbox) => useOutbox.setState(({ outbox }) => ({ outbox: next(outbox) }));

/** How a decision or its undo ended, for the person who is already looking at something else. */
export type Outcome =
  | { kind: 'recorded' | 'undone'; sent: Sent }
  | { kind: 'already-decided'; sent: Sent; data: ErrorData<'already-decided'> }
  | { kind: 'refused'; sent: Sent; error: unknown };

export type Answer = {
  verdict: DecisionVerdict;
  reason?: DecisionReason;
  note?: string;
  statement?: string;
  stopCapture?: boolean;
};

const settled = new Map<string, Promise<Outcome>>();

/**
 * Sends a decision. The item leaves the list before this returns; the promise tells what became of it. While the engine
 * is away the same command waits and is sent again: its id makes a second arrival harmless.
 */
export function decide(item: ReviewItem, answer: Answer): Promise<Outcome> {
  const sent: Sent = {
    itemId: item.id,
    liveTitle: item.alert.liveTitle,
    verdict: answer.verdict,
    basedOn: item.version,
    commandId: newId(Date.now()),
    state: 'sending',
    decision: null,
    version: null,
  };
  write((outbox) => put(outbox, sent));
  const outcome = deliver(sent, answer);
  settled.set(item.id, outcome);
  return outcome;
}

async function deliver(sent: Sent, answer: Answer): Promise<Outcome> {
  const { itemId, basedOn, commandId } = sent;
  try {
    const { decision, version } = await insist(itemId, () =>
      engine.review.decide({ itemId, ...answer, basedOn, commandId }),
    );
    write((outbox) => change(outbox, itemId, { state: 'done', decision, version }));
    return { kind: 'recorded', sent: { ...sent, state: 'done', decision, version } };
  } catch (thrown) {
    write((outbox) => remove(outbox, itemId));
    void queryClient.invalidateQueries({ queryKey: ['queue'] });
    void queryClient.invalidateQueries({ queryKey: ['item', itemId] });
    const error = toVigieError(thrown);
    if (isVigieError(error, 'already-decided')) return { kind: 'already-decided', sent, data: error.data };
    return { kind: 'refused', sent, error };
  }
}

/** Takes back the last decision of this sitting; null when there is none. A decision still on its way is awaited first. */
export function undoLast(): { itemId: string; outcome: Promise<Outcome> } | null {
  const sent = lastSent(useOutbox.getState().outbox);
  return sent ? { itemId: sent.itemId, outcome: undo(sent) } : null;
}

async function undo(sent: Sent): Promise<Outcome> {
  const delivered = await settled.get(sent.itemId);
  if (delivered && delivered.kind !== 'recorded') return delivered;
  const decisionId = (delivered?.sent ?? sent).decision?.id;
  if (decisionId === undefined) return { kind: 'refused', sent, error: new Error('nothing to undo') };
  return undoDecision(decisionId, sent);
}

/** Takes back a recorded decision by its id. */
export async function undoDecision(decisionId: string, sent: Sent): Promise<Outcome> {
  write((outbox) => change(outbox, sent.itemId, { state: 'undoing' }));
  const commandId = newId(Date.now());
  try {
    await insist(null, () => engine.review.undo({ decisionId, commandId }));
    // Read first, so that the item is in the list again when it stops being held aside.
    await queryClient.invalidateQueries({ queryKey: ['queue'] });
    write((outbox) => remove(outbox, sent.itemId));
    return { kind: 'undone', sent };
  } catch (thrown) {
    write((outbox) => change(outbox, sent.itemId, { state: 'done' }));
    return { kind: 'refused', sent, error: toVigieError(thrown) };
  }
}

/** Repeats a call for as long as only the connection is at fault. */
async function insist<T>(itemId: string | null, call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!isConnectionFailure(error)) throw error;
      if (itemId !== null) write((outbox) => change(outbox, itemId, { state: 'waiting' }));
      await whenUp(new AbortController().signal);
    }
  }
}

/** Decisions the engine has not acknowledged: closing the window now would lose them. */
export function unacknowledged(): number {
  return [...useOutbox.getState().outbox.values()].filter((sent) => sent.state !== 'done').length;
}
