import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { EngineOptions } from '#engine';
import type { EngineClient } from '#shared/contract/index.ts';
import { temporaryFolder } from '../../../engine/testing/temporary-folder.ts';
import { serve, type Served } from '../../../headless/serve.ts';
import { root, testEngineOptions } from '../../support/engine-options.ts';
import { launchBrowser } from './browser.ts';

export type Workstation = {
  served: Served;
  engine: EngineClient;
  context: BrowserContext;
  page: Page;
  troubles: string[];
};

/** How long real speech recognition may keep a browser test waiting on a busy machine. */
export const speechMs = 240_000;

/**
 * The real workstation on an empty data folder: engine, loopback door, built window, and a page that has signed in.
 * The window is the one in dist/renderer: `npm test` builds it when its sources changed, vitest alone does not.
 * `troubles` collects what the page complained of and every request that left this machine.
 */
export async function openWorkstation(
  options: { prepare?: (page: Page) => Promise<unknown>; engine?: (dataDir: string) => Partial<EngineOptions> } = {},
): Promise<Workstation> {
  const dataDir = temporaryFolder();
  const engineOptions = testEngineOptions(dataDir, options.engine?.(dataDir));
  const served = await serve({ engineOptions, open: false, env: {} });
  onTestFinished(() => served.close());
  const browser = await launchBrowser();
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    acceptDownloads: true,
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  onTestFinished(async ({ task }) => {
    // What the person would have seen, beside what the assertion says.
    if (task.result?.state === 'fail') {
      await page.screenshot({ path: path.join(root, 'test-results', `${task.id}.png`) });
      console.error({ shown: `test-results/${task.id}.png`, troubles });
    }
    await browser.close();
  });
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text());
  });
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol !== 'blob:' && host !== `127.0.0.1:${served.port}`)
      troubles.push(`left the machine: ${request.url()}`);
  });
  await options.prepare?.(page);
  await page.goto(served.url);
  await page.getByText('Moteur connecté').waitFor();
  return { served, engine: served.engine.client(), context, page, troubles };
}
