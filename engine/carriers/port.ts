import type { AnyRouter } from '@orpc/server';
import type { Log } from '../base/log.ts';
import type { CallContext } from './context.ts';
import { readEnvelope } from './envelope.ts';
import { createTextHandler, errorMessage } from './handler.ts';
import { maxMessageBytes, maxOpenCalls } from './socket.ts';

/** What Electron's MessagePortMain and Node's MessagePort have in common, as far as it is used. */
export type PortLike = {
  on(event: 'message', listener: (event: unknown) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(message: string): void;
  start(): void;
  close(): void;
};

type Listener = (event: { data: string }) => unknown;

/**
 * Serves the router on one port until it closes; the window at its far end holds the permissions of `context`.
 * Messages are those of @orpc/client/message-port, and each is read by `readEnvelope` first: a wrong one gets a typed
 * error for the call it names, or ends the port when it names none. Returns a function that ends the port.
 *
 * The library's own message-port handler drops the promise of each message, so that one failure in it would be an
 * unhandled rejection and the end of the engine. Its WebSocket handler speaks the same text messages and keeps it.
 */
export function servePort(port: PortLike, options: { router: AnyRouter; context: CallContext; log: Log }): () => void {
  const { log } = options;
  const handler = createTextHandler(options.router);
  const openCalls = new Set<string>();
  let deliver: Listener | null = null;
  let ended: Listener | null = null;
  let closed = false;

  const close = () => {
    if (closed) return;
    closed = true;
    ended?.({ data: '' });
    port.close();
  };
  const send = (text: string) => {
    if (!closed) port.postMessage(text);
  };
  const endBecause = (problem: string) => {
    log.warn({ problem }, 'port ended');
    close();
  };

  void handler.upgrade(
    {
      send,
      addEventListener(type: string, listener: Listener) {
        if (type === 'message') deliver = listener;
        if (type === 'close') ended = listener;
      },
    } as unknown as Parameters<typeof handler.upgrade>[0],
    { context: options.context },
  );

  const refuse = (id: string, problem: string) => send(errorMessage(id, 'bad-input', { problem }, 400));

  const onMessage = async (text: unknown) => {
    if (closed) return;
    if (typeof text !== 'string') return endBecause('not text');
    if (text.length > maxMessageBytes) return endBecause('message too large');
    const envelope = readEnvelope(text);
    if (envelope.kind === 'unreadable') return endBecause(envelope.problem);
    if (envelope.kind === 'refused') return refuse(envelope.id, envelope.problem);
    if (envelope.kind === 'abort') return void deliver?.({ data: text });
    // An answer to the second would be taken for the answer to the first.
    if (openCalls.has(envelope.id)) return endBecause('call id in use');
    if (openCalls.size >= maxOpenCalls) return refuse(envelope.id, `more than ${maxOpenCalls} open calls`);
    openCalls.add(envelope.id);
    try {
      await deliver?.({ data: text });
    } finally {
      openCalls.delete(envelope.id);
    }
  };

  listen(port, (data) => {
    onMessage(data).catch((error: unknown) => {
      log.error({ err: error }, 'message handling failed');
      close();
    });
  });
  port.on('close', close);
  port.start();
  return close;
}

/** Node hands over the message itself, Electron an event around it; text messages tell the two apart. */
function listen(port: PortLike, onData: (data: unknown) => void): void {
  port.on('message', (event) => {
    onData(typeof event === 'object' && event !== null && 'data' in event ? event.data : event);
  });
}
