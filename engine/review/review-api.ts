import { VigieError } from '#shared/errors.ts';
import type { ReviewItem } from '#shared/model/review.ts';
import type { AlertsStore } from '../alerts/alerts-store.ts';
import type { Implementer } from '../carriers/implement.ts';
import type { SegmentsStore } from '../lives/segments-store.ts';
import type { ReviewService } from './review-service.ts';
import type { ItemRow, QueueCursor, ReviewStore } from './review-store.ts';

/** How much of the live surrounds an item on screen. */
const contextMs = 60_000;

/** Handlers of `contract.review` and `contract.alerts`. */
export function reviewApi(
  os: Implementer,
  deps: { review: ReviewStore; alerts: AlertsStore; segments: SegmentsStore; service: ReviewService },
) {
  const { review, alerts, segments, service } = deps;

  function itemOf(row: ItemRow): ReviewItem {
    const found = alerts.get(row.subject_id);
    if (!found) throw new Error(`review item ${row.id} has no alert`);
    const { text, ...alert } = found;
    const decision =
      review
        .history(row.id)
        .filter(({ undoneAt }) => undoneAt === null)
        .at(-1) ?? null;
    return { id: row.id, kind: row.kind, version: row.version, status: row.status, alert, text, decision };
  }

  return {
    review: {
      queue: os.review.queue.handler(({ input }) => {
        const pending = review.pendingCount();
        if (input.status === 'pending') {
          const rows = review.pending(input.limit, readCursor<QueueCursor>(input.cursor));
          const last = rows.at(-1);
          const next =
            last && rows.length === input.limit
              ? writeCursor({
                  laneRank: last.lane_rank,
                  scoreBp: last.score_bp,
                  createdAt: last.created_at,
                  id: last.id,
                })
              : null;
          return { items: rows.map(itemOf), next, pending };
        }
        const rows = review.decided(input.limit, readCursor<{ decidedAt: number; id: string }>(input.cursor));
        const last = rows.at(-1);
        const next =
          last && rows.length === input.limit ? writeCursor({ decidedAt: last.decided_at ?? 0, id: last.id }) : null;
        return { items: rows.map(itemOf), next, pending };
      }),
      item: os.review.item.handler(({ input }) => {
        const row = review.item(input.itemId);
        if (!row) throw new VigieError('not-found', { what: 'review-item', id: input.itemId });
        const item = itemOf(row);
        const segment = segments.get(item.alert.segmentId);
        if (!segment) throw new Error(`alert ${item.alert.id} has no segment`);
        const around = segments.between(segment.liveId, segment.startMs - contextMs, segment.endMs + contextMs);
        return {
          ...item,
          segment,
          before: around.filter(({ number }) => number < segment.number),
          after: around.filter(({ number }) => number > segment.number),
          history: review.history(row.id),
        };
      }),
      decide: os.review.decide.handler(({ input, context }) => service.decide(input, context.actor)),
      undo: os.review.undo.handler(({ input, context }) => service.undo(input, context.actor)),
    },
    alerts: {
      list: os.alerts.list.handler(({ input }) => {
        const items = alerts.list({
          status: input.status,
          liveId: input.liveId,
          before: input.cursor,
          limit: input.limit,
        });
        return { items, next: items.length === input.limit ? (items.at(-1)?.id ?? null) : null };
      }),
      get: os.alerts.get.handler(({ input }) => {
        const alert = alerts.get(input.alertId);
        if (!alert) throw new VigieError('not-found', { what: 'alert', id: input.alertId });
        return alert;
      }),
    },
  };
}

const writeCursor = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

function readCursor<T>(text: string | undefined): T | null {
  if (text === undefined) return null;
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as T;
  } catch (error) {
    throw new VigieError('bad-input', { problem: 'cursor: not one of ours' }, { cause: error });
  }
}
