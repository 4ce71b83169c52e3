import type { App } from 'electron';

/** What the engine may take to pause captures and check its database in; after that the next start repairs. */
export const closeBoundMs = 15_000;

/**
 * Quitting waits, once, for the engine to close within a bound. `begin` runs at the first wish to quit, before anything
 * else; whatever `stop` answers, the program ends.
 */
export function closeEngineBeforeQuit(app: App, begin: () => void, stop: (boundMs: number) => Promise<unknown>): void {
  let state: 'running' | 'closing' | 'closed' = 'running';
  app.on('before-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    begin();
    void stop(closeBoundMs).finally(() => {
      state = 'closed';
      app.quit();
    });
  });
  // Without a window Vigie goes on listening; the tray and the second start lead back.
  app.on('window-all-closed', () => undefined);
}
