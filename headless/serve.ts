import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Engine, type EngineOptions, openEngine, openLoopback, silentLog, systemClock } from '#engine';
import { VigieError } from '#shared/errors.ts';
import { openBrowser } from './loopback/open-browser.ts';

/** How long a printed address can be used. The one handed to a browser is used at once and has the usual minute. */
const printedValidMs = 10 * 60_000;
const pageKeptMs = 60_000;

export type ServeOptions = {
  engineOptions: EngineOptions;
  /** 0 or absent: any free port. */
  port?: number;
  /** Open the person's browser, where there is one. */
  open: boolean;
  env: Record<string, string | undefined>;
  /** The built window. */
  uiDir?: string;
};

export type Served = {
  /** Where to sign in, for a person to follow: works once, for ten minutes. `freshUrl` makes another. */
  url: string;
  freshUrl(): string;
  /** The same without its token. */
  address: string;
  port: number;
  browserOpened: boolean;
  engine: Engine;
  /** Says goodbye to every window, lets captures pause where they can go on later, and leaves the folder. */
  close(): Promise<void>;
};

/**
 * The workstation in a browser: the engine, its door on 127.0.0.1 and the window's files.
 * @throws VigieError `not-found` when the window is not built, and what `openEngine` throws; the system's error when the port is taken
 */
export async function serve(options: ServeOptions): Promise<Served> {
  const { engineOptions, env } = options;
  const uiDir = options.uiDir ?? path.resolve(import.meta.dirname, '..', 'dist', 'renderer');
  if (!existsSync(path.join(uiDir, 'index.html'))) throw new VigieError('not-found', { what: 'ui', id: uiDir });
  const clock = engineOptions.clock ?? systemClock;
  const log = engineOptions.log ?? silentLog;

  const engine = await openEngine({ ...engineOptions, owner: 'browser' });
  try {
    const loopback = await openLoopback({ engine, port: options.port, ui: { dir: uiDir }, clock, log });
    engine.announce({ port: loopback.port, token: loopback.cliToken });
    const browser = options.open
      ? await openBrowser(loopback.launchUrl(), { dataDir: engineOptions.dataDir, env })
      : { opened: false, forget: async () => undefined };
    const forget = () =>
      browser.forget().catch((error: unknown) => log.warn({ problem: String(error) }, 'launch page not removed'));
    const cancelForget = clock.schedule(pageKeptMs, () => void forget());
    const freshUrl = () => loopback.launchUrl(printedValidMs);
    return {
      url: freshUrl(),
      freshUrl,
      address: loopback.address,
      port: loopback.port,
      browserOpened: browser.opened,
      engine,
      async close() {
        cancelForget();
        await forget();
        await loopback.close();
        await engine.close();
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}
