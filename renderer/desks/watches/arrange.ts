import { type Watch, type WatchState, watchStates } from '#shared/model/watch.ts';

export const watchOrders = ['priority', 'state', 'lastLive', 'alerts', 'name'] as const;
export type WatchOrder = (typeof watchOrders)[number];

const byName = (a: Watch, b: Watch) => a.handle.localeCompare(b.handle);
const orders: Record<WatchOrder, (a: Watch, b: Watch) => number> = {
  priority: (a, b) => a.priority - b.priority,
  state: (a, b) => watchStates.indexOf(a.state) - watchStates.indexOf(b.state),
  lastLive: (a, b) => (b.lastLiveAt ?? 0) - (a.lastLiveAt ?? 0),
  alerts: (a, b) => b.pendingAlerts - a.pendingAlerts,
  name: () => 0,
};

/** The accounts to show: those in this state whose handle or name has the text in it, in this order, then by name. */
export function arrange(
  watches: readonly Watch[],
  wanted: { text: string; state: WatchState | null; order: WatchOrder },
): Watch[] {
  const text = wanted.text.trim().replace(/^@/, '').toLowerCase();
  return watches
    .filter(
      (watch) =>
        (wanted.state === null || watch.state === wanted.state) &&
        `${watch.handle} ${watch.displayName ?? ''}`.toLowerCase().includes(text),
    )
    .toSorted((a, b) => orders[wanted.order](a, b) || byName(a, b));
}
