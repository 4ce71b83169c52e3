import { expect, test } from 'vitest';
import { newId } from '#shared/ids.ts';
import { demoLive } from '../support/engine-options.ts';
import { browserMissing } from './support/browser.ts';
import { openWorkstation, speechMs } from './support/workstation.ts';

test.skipIf(browserMissing)(
  `a live is bookmarked, noted and corrected by keyboard, and found by its words${browserMissing ? ` (${browserMissing})` : ''}`,
  { timeout: speechMs },
  async () => {
    const { page, engine, troubles } = await openWorkstation();
    const { liveId } = await engine.lives.watch({
      source: demoLive,
      title: 'Cuisine du soir',
      commandId: newId(Date.now()),
    });
    await expect
      .poll(async () => (await engine.lives.get({ liveId })).live.state, { timeout: speechMs })
      .toBe('termine');
    await page.evaluate((id) => (window.location.hash = `#/lives/${id}?at=5`), liveId);
    await page.getByText('il faut couper les pommes').waitFor();

    await page.keyboard.press('b');
    const strip = page.getByRole('region', { name: 'Notes et repères' });
    await strip.getByText('repère').waitFor();
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: 'Note' }).fill('montrer à Sofia');
    await page.keyboard.press('Control+Enter');
    await strip.getByText('montrer à Sofia').waitFor();
    await strip.getByRole('button', { name: 'Supprimer la note' }).first().click();
    await page.getByText('Note supprimée.').waitFor();
    await page.getByRole('button', { name: 'Annuler' }).last().click();
    await expect.poll(async () => (await engine.notes.list({ liveId })).items.length).toBe(2);

    await page.keyboard.press('c');
    const typed = page.getByRole('textbox', { name: /Votre lecture du segment n° 5/ });
    const original = await typed.inputValue();
    await typed.fill('il faut couper les poires avant la cuisson.');
    await page.keyboard.press('Enter');
    await page.getByText('corrigé par local').waitFor();
    await page.getByText(original, { exact: true }).waitFor();
    const corrected = async () => (await engine.lives.segments({ liveId, fromNumber: 5, limit: 1 })).items[0];
    expect(await corrected()).toMatchObject({ text: original, edited: { version: 1 } });

    await page.keyboard.press('/');
    await page.getByText('Cherchez dans tout ce qui a été dit').waitFor();
    await page.getByLabel('Mots', { exact: true }).fill('POIRES');
    const hits = page.getByRole('list', { name: 'Résultats' });
    await hits.getByText('poires', { exact: true }).waitFor();
    await hits.getByRole('link', { name: 'Cuisine du soir' }).click();
    await page.getByText('corrigé par local').waitFor();
    await page.keyboard.press('c');
    await page.getByRole('button', { name: 'Revenir au texte du moteur' }).click();
    await expect.poll(async () => (await corrected())?.edited).toBeNull();
    expect(troubles).toEqual([]);
  },
);
