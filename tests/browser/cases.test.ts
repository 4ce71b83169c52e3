import { expect, test } from 'vitest';
import { browserMissing } from './support/browser.ts';
import { listenToDemo } from './support/demo.ts';
import { openWorkstation, speechMs } from './support/workstation.ts';

test.skipIf(browserMissing)(
  `a case is made by keyboard, a live is put into it, and it is closed${browserMissing ? ` (${browserMissing})` : ''}`,
  { timeout: speechMs },
  async () => {
    const { page, engine, troubles } = await openWorkstation();
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.getByText('Aucun dossier').first().waitFor();
    await page.keyboard.press('n');
    const form = page.getByRole('dialog');
    await form.getByLabel('Titre').fill('');
    await page.keyboard.press('Enter');
    await form.getByText('Donnez un titre au dossier.').waitFor();
    await form.getByLabel('Titre').fill('Dossier Marché');
    await form.getByLabel('Finalité').fill('signalement de la mairie');
    await form.getByLabel('Échéance').fill('2020-01-31');
    await form.getByLabel('Glossaire').fill('Léa, place du Marché\nléa');
    await form.getByLabel(/^Autoriser l’envoi/).check();
    await form.getByText('Le son des lives de ce dossier quittera cet ordinateur.').waitFor();
    await form.getByLabel('Titre').press('Enter');
    const row = page.getByRole('row', { name: /Dossier Marché/ });
    await row.getByText('échéance passée').waitFor();
    await row.getByText('31/01/2020').waitFor();
    const [made] = (await engine.cases.list({})).items;
    expect(made).toMatchObject({ title: 'Dossier Marché', glossary: ['Léa', 'place du Marché'], remoteSpeech: true });

    await page.keyboard.press('g');
    await page.keyboard.press('l');
    await listenToDemo(page);
    const liveId = new URL(page.url()).hash.split('/').at(-1)!;
    await page.getByRole('combobox', { name: 'Dossier' }).click();
    await page.getByRole('option', { name: 'Dossier Marché' }).click();
    await expect.poll(async () => (await engine.lives.get({ liveId })).live.caseId).toBe(made!.id);

    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await row.getByRole('button', { name: 'Clore' }).click();
    await page.getByText('Aucun dossier').first().waitFor();
    await page.getByRole('switch', { name: 'Montrer les dossiers clos' }).click();
    await row.getByRole('button', { name: 'Rouvrir' }).click();
    await expect.poll(async () => (await engine.cases.list({})).items.length).toBe(1);
    expect(troubles).toEqual([]);
  },
);
