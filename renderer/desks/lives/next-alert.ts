import { engine } from '../../link/engine.ts';

/** The number of the next segment of a live that has an alert, after segment `after`; null when there is none. */
export async function nextAlert(liveId: string, after: number): Promise<number | null> {
  let cursor: string | undefined;
  let nearest: number | null = null;
  do {
    const { items, next } = await engine.alerts.list({ liveId, limit: 500, cursor });
    for (const { segmentNumber } of items) {
      if (segmentNumber > after && (nearest === null || segmentNumber < nearest)) nearest = segmentNumber;
    }
    cursor = next ?? undefined;
  } while (cursor !== undefined);
  return nearest;
}
