import { RPCLink } from '@orpc/client/message-port';
import { connectionDown, connectionUp } from './connection.ts';

type Link = RPCLink<Record<never, never>>;

/** How long the desktop shell has to hand over the first port before the person is told. */
const firstPortMs = 15_000;

/**
 * The carrier in the desktop window: the preload posts `{ type: 'vigie:port' }` with a MessagePort each time the engine
 * process has started. `onLink` receives a link for each; `connection` follows.
 */
export function receivePorts(onLink: (link: Link | null) => void, win: Window = window): void {
  let current: MessagePort | null = null;
  const late = win.setTimeout(() => connectionDown('no-port', 1), firstPortMs);
  win.addEventListener('message', (event: MessageEvent) => {
    // Only this window's own preload can post with this window as its source.
    if (event.source !== win || (event.data as { type?: unknown } | null)?.type !== 'vigie:port') return;
    const port = event.ports[0];
    if (port === undefined) return;
    win.clearTimeout(late);
    current?.close();
    current = port;
    port.addEventListener('close', () => {
      if (current !== port) return;
      current = null;
      onLink(null);
      connectionDown('engine-ended', 1);
    });
    const link: Link = new RPCLink({ port });
    port.start();
    onLink(link);
    connectionUp();
  });
}
