import type { Decision, DecisionVerdict, ReviewItem } from '#shared/model/review.ts';

/**
 * A decision on its way. `sending` until the engine acknowledges it (`waiting` while the engine cannot be reached),
 * then `done`; `undoing` while it is being taken back. `version`: of the item after the engine's answer.
 */
export type Sent = {
  itemId: string;
  liveTitle: string;
  verdict: DecisionVerdict;
  basedOn: number;
  commandId: string;
  state: 'sending' | 'waiting' | 'done' | 'undoing';
  decision: Decision | null;
  version: number | null;
};

export type Outbox = ReadonlyMap<string, Sent>;

export const emptyOutbox: Outbox = new Map();

export function put(outbox: Outbox, sent: Sent): Outbox {
  const next = new Map(outbox);
  // The last decision made is the last entry: undo looks there.
  next.delete(sent.itemId);
  return next.set(sent.itemId, sent);
}

export function change(outbox: Outbox, itemId: string, patch: Partial<Sent>): Outbox {
  const sent = outbox.get(itemId);
  return sent ? new Map(outbox).set(itemId, { ...sent, ...patch }) : outbox;
}

export function remove(outbox: Outbox, itemId: string): Outbox {
  const next = new Map(outbox);
  next.delete(itemId);
  return next;
}

/**
 * The pending items that still ask for this person: those with a decision on its way step aside at once, and come back if
 * their version moved past it (someone undid it).
 */
export function stillPending(items: readonly ReviewItem[], outbox: Outbox): ReviewItem[] {
  return items.filter((item) => {
    const sent = outbox.get(item.id);
    return !sent || item.version > (sent.version ?? sent.basedOn);
  });
}

/** The last decision of this sitting that can be taken back. */
export function lastSent(outbox: Outbox): Sent | null {
  return [...outbox.values()].findLast((sent) => sent.state !== 'undoing') ?? null;
}

/** The item to look at after `itemId` leaves the list: the one that takes its place, else the last. */
export function neighbour(items: readonly ReviewItem[], itemId: string): string | null {
  const index = items.findIndex((item) => item.id === itemId);
  if (index === -1) return items[0]?.id ?? null;
  return items[index + 1]?.id ?? items[index - 1]?.id ?? null;
}
