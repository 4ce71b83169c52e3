import { RPCLink } from '@orpc/client/websocket';
import ReconnectingWebSocket from 'partysocket/ws';
import { connectionDown, connectionUp, type DownReason } from './connection.ts';

/**
 * The carrier over loopback: one WebSocket that comes back by itself. The link outlives its connections: calls in flight
 * when one breaks are rejected, later ones wait for the next.
 */
export function openSocketLink(win: Window = window): RPCLink<Record<never, never>> {
  const address = new URL('/rpc', win.location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new ReconnectingWebSocket(address.href, [], {
    minReconnectionDelay: 300,
    maxReconnectionDelay: 4_000,
    reconnectionDelayGrowFactor: 1.6,
    connectionTimeout: 4_000,
    // The link keeps its own calls; a message for a past connection means nothing to the next.
    maxEnqueuedMessages: 0,
  });
  socket.addEventListener('open', connectionUp);
  socket.addEventListener('close', () => {
    const attempts = socket.retryCount + 1;
    void whyClosed(win).then((reason) => {
      if (socket.readyState !== socket.OPEN) connectionDown(reason, attempts);
    });
  });
  return new RPCLink({ websocket: socket as unknown as WebSocket });
}

/** A refused upgrade looks like a dead engine to a WebSocket; asking for the session tells them apart. */
async function whyClosed(win: Window): Promise<DownReason> {
  try {
    const answer = await win.fetch('/session', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    return answer.ok ? 'unreachable' : 'session-refused';
  } catch {
    // Expected: nobody listens. The status bar shows it.
    return 'unreachable';
  }
}
