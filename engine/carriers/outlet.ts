import type { WebSocket } from 'ws';
import type { Clock } from '../base/clock.ts';

export type OutletLimits = {
  /** Above this, `send` makes its caller wait: the feed behind it stops being pulled. */
  waitAboveBytes: number;
  /** Above this the reader is cut off. Room for one finished export (64 MiB as base64) and the feed beside it. */
  cutAboveBytes: number;
  /** Nothing at all went out for this long although something waits: the reader is gone or stuck. */
  stallMs: number;
};

export const defaultOutletLimits: OutletLimits = {
  waitAboveBytes: 1024 * 1024,
  cutAboveBytes: 128 * 1024 * 1024,
  stallMs: 30_000,
};

export type Outlet = {
  /** Resolves when the backlog is short again or the connection is over; never rejects. */
  send(text: string): Promise<void>;
  /** Ends every wait; call it when nobody produces for this connection any more. */
  close(): void;
};

/** The sending half of one connection: bounded, so that a reader that does not read costs us a known amount of memory. */
export function createOutlet(
  socket: Pick<WebSocket, 'send' | 'readyState' | 'OPEN'>,
  options: { clock: Clock; limits: OutletLimits; cut: (reason: 'reader-too-slow') => void },
): Outlet {
  const { clock, limits, cut } = options;
  let backlogBytes = 0;
  let waiting: (() => void)[] = [];
  let cancelStall: (() => void) | null = null;
  let closed = false;

  const release = () => {
    const released = waiting;
    waiting = [];
    for (const resume of released) resume();
  };
  const close = () => {
    closed = true;
    cancelStall?.();
    cancelStall = null;
    release();
  };
  const giveUp = () => {
    close();
    cut('reader-too-slow');
  };
  const watch = () => {
    cancelStall?.();
    cancelStall = backlogBytes > 0 && !closed ? clock.schedule(limits.stallMs, giveUp) : null;
  };

  return {
    async send(text) {
      if (closed) return;
      // Between the goodbye and the end nothing is sent, and a producer that came back at once would run free.
      if (socket.readyState !== socket.OPEN) return new Promise<void>((resolve) => waiting.push(resolve));
      const bytes = Buffer.byteLength(text);
      if (backlogBytes + bytes > limits.cutAboveBytes) return giveUp();
      backlogBytes += bytes;
      if (cancelStall === null) watch();
      // An error here means that the socket is closing; its `close` event says so to everyone who must know.
      socket.send(text, () => {
        backlogBytes -= bytes;
        watch();
        if (backlogBytes <= limits.waitAboveBytes) release();
      });
      if (backlogBytes > limits.waitAboveBytes) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    close,
  };
}
