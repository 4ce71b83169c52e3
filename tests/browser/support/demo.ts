import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { newId } from '#shared/ids.ts';
import type { EngineClient } from '#shared/contract/index.ts';
import { demoLive } from '../../support/engine-options.ts';
import { speechMs } from './workstation.ts';

/** Opens the bundled French live the way a person does, and waits for its page. */
export async function listenToDemo(page: Page): Promise<void> {
  await page.keyboard.press('n');
  await page.getByLabel('Fichier ou adresse').fill(demoLive);
  await page.getByLabel('Titre').fill('Live de démonstration');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Live de démonstration' }).waitFor();
}

/** Hears the bundled live through the engine and waits for alerts, for tests that begin at the queue. */
export async function hearAlerts(engine: EngineClient, count: number): Promise<void> {
  await engine.lives.watch({ source: demoLive, title: 'Live de démonstration', commandId: newId(Date.now()) });
  await expect
    .poll(async () => (await engine.review.queue({})).pending, { timeout: speechMs, interval: 500 })
    .toBeGreaterThanOrEqual(count);
}
