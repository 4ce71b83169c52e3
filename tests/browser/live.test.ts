import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { browserMissing } from './support/browser.ts';
import { listenToDemo } from './support/demo.ts';
import { openWorkstation, speechMs } from './support/workstation.ts';

test.skipIf(browserMissing)(
  `a live is opened, followed, heard and taken out as a PDF${browserMissing ? ` (${browserMissing})` : ''}`,
  { timeout: speechMs + 120_000 },
  async () => {
    const { page, engine, troubles } = await openWorkstation();

    // What is wrong can be read before the engine is asked.
    const source = page.getByLabel('Fichier ou adresse');
    await source.fill('rtmp://exemple.fr/live');
    await page.getByText(/Cette adresse serait ouverte par ffmpeg/).waitFor();
    await page.getByLabel('Laisser ffmpeg ouvrir cette adresse').check();
    await page.getByText(/hors du contrôle d’adresses de Vigie/).waitFor();
    await source.fill('gopher://exemple.fr/live');
    await page.getByText('Seules les adresses http(s) et les fichiers peuvent être écoutés.').waitFor();
    await source.fill('/introuvable/live.ogg');
    await page.keyboard.press('Enter');
    await page
      .getByText(/Fichier introuvable|fichier introuvable/)
      .first()
      .waitFor();
    expect((await engine.lives.list({})).items.filter((live) => live.state === 'en_cours')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('l');

    await listenToDemo(page);
    const transcript = page.getByRole('log', { name: 'Transcription' });
    await transcript.getByText('bonjour à tous et bienvenue dans ce live.').waitFor({ timeout: speechMs });
    const liveId = new URL(page.url()).hash.split('/').at(-1)!;

    // A hateful sentence arrives: score, word and shape, the quoted words marked, and why.
    await expect
      .poll(async () => (await engine.alerts.list({ liveId })).items.length, { timeout: speechMs, interval: 500 })
      .toBeGreaterThan(0);
    await page.keyboard.press('a');
    const row = page.locator('[data-picked="true"]');
    await row.getByText('0,60').waitFor();
    await row.getByText('moyen', { exact: true }).waitFor();
    expect(await row.locator('svg path[d^="M6 .8"]').count(), 'the diamond of its band').toBe(1);
    expect(await row.locator('mark').first().innerText()).toMatch(/chasser/);
    await row.getByText(/Appelle à chasser des gens/).waitFor();
    await row.getByText('discours haineux').waitFor();
    await page.getByRole('button', { name: /Reprendre le suivi/ }).waitFor();

    // Its sound, from the spool.
    await page.keyboard.press('p');
    await row.locator('[data-state="playing"]').waitFor();
    await page.keyboard.press('p');
    await row.locator('[data-state="silent"]').waitFor();

    await page.keyboard.press('e');
    await page.getByRole('menuitem', { name: /^PDF/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const button = page.getByRole('button', { name: 'Télécharger' });
    await button.waitFor({ timeout: 60_000 });
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
    expect(download.suggestedFilename()).toMatch(/\.pdf$/);
    const bytes = await readFile(await download.path());
    expect(bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    expect(bytes.subarray(-1024).toString('latin1')).toContain('%%EOF');

    await page.keyboard.press('g');
    await page.keyboard.press('e');
    await page.getByRole('cell', { name: download.suggestedFilename() }).waitFor();
    expect(troubles).toEqual([]);
  },
);
