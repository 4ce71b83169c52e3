import type { EngineClient } from '#shared/contract/index.ts';
import { toVigieError } from '#shared/contract/errors.ts';
import { isVigieError, VigieError } from '#shared/errors.ts';
import type { FeedEvent } from '#shared/model/fact.ts';
import type { Connection } from '../../connect.ts';

/** Whether a failed call means that the line broke, rather than that the engine said no. */
function lineBroke(error: unknown): boolean {
  return !(error instanceof VigieError) || isVigieError(error, 'engine-stopped');
}

/** Makes one call; when the line breaks it is opened again and the call made once more. For calls that may be repeated. */
export async function ask<T>(connection: Connection, call: (client: EngineClient) => Promise<T>): Promise<T> {
  const { client } = connection;
  try {
    return await call(client);
  } catch (raw) {
    const error = toVigieError(raw);
    if (connection.engine || !lineBroke(error)) throw error;
    await connection.reopen(client);
    return await call(connection.client).catch((again: unknown) => Promise.reject(toVigieError(again)));
  }
}

/**
 * The feed from `after` on, across broken lines: each fact once, in order. Leaving the loop ends the subscription.
 * @throws VigieError `engine-stopped` when the engine is gone for good
 */
export async function* readFeed(connection: Connection, after: number, onBreak: () => void): AsyncGenerator<FeedEvent> {
  let cursor = after;
  for (;;) {
    const { client } = connection;
    try {
      for await (const event of await client.feed.subscribe({ after: cursor })) {
        if (event.type === 'fact') {
          if (event.fact.seq <= cursor) continue;
          cursor = event.fact.seq;
        } else if (event.type !== 'pulse') cursor = Math.max(cursor, event.seq);
        yield event;
      }
    } catch (raw) {
      const error = toVigieError(raw);
      if (connection.engine || !lineBroke(error)) throw error;
    }
    onBreak();
    await connection.reopen(client);
  }
}
