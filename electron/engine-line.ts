import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron';
import { channels } from './channels.ts';
import type { EngineNews } from './ipc.ts';
import type { Keeper, KeeperState } from './keeper.ts';

/**
 * Keeps pages connected to the engine: each page that asked gets a port now, another whenever the engine has been started
 * again, and the reason when there will be none. A page that reloads asks again and its earlier line is dropped.
 */
export function createEngineLine(keeper: Pick<Keeper<MessagePortMain>, 'connect' | 'watch'>) {
  const lines = new Map<WebContents, () => void>();

  const drop = (page: WebContents) => {
    lines.get(page)?.();
    lines.delete(page);
  };
  const tell = (page: WebContents, state: KeeperState) => {
    const news = (message: EngineNews, ports?: MessagePortMain[]) => page.postMessage(channels.engine, message, ports);
    switch (state.name) {
      case 'ready': {
        const { port1, port2 } = new MessageChannelMain();
        if (keeper.connect(port1)) news({ type: 'vigie:port' }, [port2]);
        return;
      }
      case 'given-up':
        return news({ type: 'vigie:engine-failed', ...state.failure });
      case 'starting':
      case 'waiting':
      case 'stopped':
        return news({ type: 'vigie:engine-waiting' });
    }
  };

  return (page: WebContents): void => {
    if (!lines.has(page)) page.once('destroyed', () => drop(page));
    drop(page);
    lines.set(
      page,
      keeper.watch((state) => {
        if (!page.isDestroyed()) tell(page, state);
      }),
    );
  };
}
