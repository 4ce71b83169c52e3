import type { QueryClient } from '@tanstack/react-query';
import type { Touch } from '../link/feed-fold.ts';

/** Lists are read again at most this often, however much happens. */
const everyMs = 250;

/** The queries that a touch makes stale. A transcript is the transcript store's own, but an item on screen shows the minute around it. */
export function queryKeysOf(touch: Touch): readonly (readonly string[])[] {
  switch (touch.what) {
    case 'everything':
      return [[]];
    case 'lives':
    case 'queue':
    case 'exports':
    case 'models':
    case 'settings':
    case 'status':
    case 'cases':
    case 'watches':
    case 'folders':
    case 'evaluations':
      return [[touch.what]];
    case 'live':
    case 'gaps':
      return [['live', touch.liveId]];
    case 'notes':
      return [['notes', touch.liveId]];
    case 'item':
      return [['item', touch.itemId]];
    case 'export':
      return [['exports']];
    case 'transcript':
      return [['item']];
  }
}

/** Collects touches and makes queries stale in batches. */
export function createFreshness(queries: QueryClient): (touches: readonly Touch[]) => void {
  const waiting = new Map<string, readonly string[]>();
  let timer: number | null = null;
  const flush = () => {
    timer = null;
    const keys = [...waiting.values()];
    waiting.clear();
    for (const queryKey of keys) void queries.invalidateQueries({ queryKey });
  };
  return (touches) => {
    for (const key of touches.flatMap(queryKeysOf)) waiting.set(key.join('/'), key);
    if (waiting.size > 0) timer ??= window.setTimeout(flush, everyMs);
  };
}
