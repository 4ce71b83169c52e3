import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { WebSocket } from 'ws';
import type { Owner } from '#engine';
import type { EngineClient } from '#shared/contract/index.ts';

/** An open line to the engine of another process on this machine. */
export type Line = { client: EngineClient; close(): Promise<void> };

/** Loopback answers at once or not at all. */
const handshakeMs = 2_000;

/**
 * Opens a line to the owner of a data folder with the token that only the owner's user can read.
 * Null when there is no owner, it has no door, or nobody answers there (the record outlives a crash).
 */
export async function dialOwner(owner: Owner | null): Promise<Line | null> {
  if (!owner?.port || !owner.token) return null;
  const socket = new WebSocket(`ws://127.0.0.1:${owner.port}/rpc`, {
    headers: { authorization: `Bearer ${owner.token}` },
    handshakeTimeout: handshakeMs,
    perMessageDeflate: false,
  });
  const opened = await new Promise<boolean>((resolve) => {
    socket.once('open', () => resolve(true));
    // Refused, or another program has the port now: the same as nobody there. Later failures arrive as `close`.
    socket.on('error', () => resolve(false));
  });
  if (!opened) return null;

  // ws has the browser's event interface; its type differs from the DOM's in details the link does not use.
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
  return {
    client: createORPCClient<EngineClient>(link),
    close: () =>
      new Promise((resolve) => {
        if (socket.readyState === WebSocket.CLOSED) return resolve();
        socket.once('close', () => resolve());
        socket.close(1000);
      }),
  };
}
