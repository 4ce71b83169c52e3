import { RPCLink } from '@orpc/client/message-port';
import { connectionDown, connectionUp, type EngineFailure } from './connection.ts';

/** What the preload passes on from the keeper of the engine process; a port travels beside `vigie:port`. */
type News =
  | { type: 'vigie:port' }
  | { type: 'vigie:engine-waiting' }
  | ({ type: 'vigie:engine-failed' } & EngineFailure);

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
    if (event.source !== win) return;
    const news = event.data as News | null;
    if (news?.type === 'vigie:engine-waiting') {
      win.clearTimeout(late);
      return connectionDown('engine-ended', 1);
    }
    if (news?.type === 'vigie:engine-failed') {
      win.clearTimeout(late);
      return connectionDown('engine-failed', 1, { code: news.code, data: news.data });
    }
    const port = event.ports[0];
    if (news?.type !== 'vigie:port' || port === undefined) return;
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
