import type { Clock } from '../base/clock.ts';
import type { Store } from '../db/store.ts';
import type { Journal } from '../journal/journal.ts';

/** Notes that somebody read personal data. */
export type ReadRecord = (actor: string, call: string, input: unknown) => void;

/** One line per person, call and subject in this time: a page that is scrolled is one look, not a thousand. */
export const readWindowMs = 15 * 60_000;

/** Leaves a `personal-data.read` fact for each look (design, law 15). */
export function createReadRecord(deps: { store: Store; journal: Journal; clock: Clock }): ReadRecord {
  const lastLook = new Map<string, number>();
  return (actor, call, input) => {
    if (deps.store.readOnly) return;
    const subject = subjectOf(input);
    const key = `${actor} ${call} ${subject}`;
    const now = deps.clock.monotonicMs();
    const last = lastLook.get(key);
    if (last !== undefined && now - last < readWindowMs) return;
    if (lastLook.size > 10_000) lastLook.clear();
    lastLook.set(key, now);
    deps.store.transaction(() =>
      deps.journal.append({ kind: 'personal-data.read', subjectId: subject, actor, data: { call } }),
    );
  };
}

function subjectOf(input: unknown): string {
  if (typeof input !== 'object' || input === null) return '-';
  for (const name of ['liveId', 'itemId', 'segmentId', 'alertId', 'exportId']) {
    const value = (input as Record<string, unknown>)[name];
    if (typeof value === 'string') return value.slice(0, 100);
  }
  return '-';
}
