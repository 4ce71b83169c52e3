import type { AnyRouter } from '@orpc/server';
import type { RawData, WebSocket } from 'ws';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { CallContext } from './context.ts';
import { readEnvelope } from './envelope.ts';
import { createTextHandler, errorMessage } from './handler.ts';
import { createOutlet, defaultOutletLimits, type OutletLimits } from './outlet.ts';

/** Inputs of the contract are small; a message above this ends the connection (close code 1009). Give it to `ws` as `maxPayload`. */
export const maxMessageBytes = 1024 * 1024;
/** Calls and subscriptions of one connection that may be unanswered at a time. */
export const maxOpenCalls = 256;

/** Close codes beside those of RFC 6455. */
export const closeCodes = { goingAway: 1001, policy: 1008, readerTooSlow: 4008 } as const;

/** How long a slow reader has to take its backlog and the reason behind it. */
const farewellMs = 5_000;

type Listener = (event: { data: string }) => unknown;

export type SocketCarrier = {
  /** Serves the router to an accepted socket until it closes. Who asks has been settled before. */
  serve(socket: WebSocket, context: CallContext): void;
};

/**
 * The router on WebSockets. Every message is checked by `readEnvelope` first: a wrong one gets a typed error for the call
 * it names, or ends the connection when it names none; a reader that does not keep up is cut off with a reason.
 */
export function createSocketCarrier(
  router: AnyRouter,
  options: { clock: Clock; log: Log; limits?: Partial<OutletLimits> },
): SocketCarrier {
  const handler = createTextHandler(router);
  const limits = { ...defaultOutletLimits, ...options.limits };

  return {
    serve(socket, context) {
      const { log } = options;
      const openCalls = new Set<string>();
      let deliver: Listener | null = null;
      let ended: Listener | null = null;
      const outlet = createOutlet(socket, {
        clock: options.clock,
        limits,
        cut(reason) {
          log.warn({ reason }, 'connection cut off');
          stop(closeCodes.readerTooSlow, reason);
          // The reason stands behind the backlog; a peer that does not read will not see it, nor answer.
          options.clock.schedule(farewellMs, () => socket.terminate());
        },
      });
      /** Ends the streams first: nothing may go on producing for a connection that is on its way out. */
      const finish = () => {
        ended?.({ data: '' });
        outlet.close();
      };
      const stop = (code: number, reason: string) => {
        finish();
        socket.close(code, reason);
      };

      // The library listens to what this facade passes on, not to the socket.
      const facade = {
        send: (text: string) => outlet.send(text),
        addEventListener(type: string, listener: Listener) {
          if (type === 'message') deliver = listener;
          if (type === 'close') ended = listener;
        },
      };
      void handler.upgrade(facade as unknown as Pick<WebSocket, 'send' | 'addEventListener'>, { context });

      const refuse = (id: string, problem: string) => outlet.send(errorMessage(id, 'bad-input', { problem }, 400));

      const onCall = async (id: string, text: string) => {
        openCalls.add(id);
        try {
          await deliver?.({ data: text });
        } finally {
          openCalls.delete(id);
        }
      };

      const onMessage = async (data: RawData, isBinary: boolean) => {
        if (socket.readyState !== socket.OPEN) return;
        if (isBinary) return stop(closeCodes.policy, 'binary message');
        const text = (data as Buffer).toString('utf8');
        const envelope = readEnvelope(text);
        switch (envelope.kind) {
          case 'unreadable':
            return stop(closeCodes.policy, envelope.problem);
          case 'refused':
            return refuse(envelope.id, envelope.problem);
          case 'abort':
            return void deliver?.({ data: text });
          case 'call':
            // An answer to the second would be taken for the answer to the first.
            if (openCalls.has(envelope.id)) return stop(closeCodes.policy, 'call id in use');
            if (openCalls.size >= maxOpenCalls) return refuse(envelope.id, `more than ${maxOpenCalls} open calls`);
            return onCall(envelope.id, text);
        }
      };

      socket.on('message', (data, isBinary) => {
        onMessage(data, isBinary).catch((error: unknown) => {
          log.error({ err: error }, 'message handling failed');
          stop(1011, 'internal');
        });
      });
      // Broken frames and oversized messages: `ws` closes with the right code, and says so here first.
      socket.on('error', (error) => log.warn({ problem: error.message }, 'connection broken'));
      socket.on('close', finish);
    },
  };
}
