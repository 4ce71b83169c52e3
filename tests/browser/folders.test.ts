import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { demoLive } from '../support/engine-options.ts';
import { browserMissing } from './support/browser.ts';
import { openWorkstation } from './support/workstation.ts';

const about = browserMissing ? ` (${browserMissing})` : '';

test.skipIf(browserMissing)(
  `a folder is watched, paused, removed and taken back, and one that cannot be says why${about}`,
  { timeout: 60_000 },
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'vigie-enregistrements-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const { page, engine, troubles } = await openWorkstation();
    await page.keyboard.press('g');
    await page.keyboard.press('f');
    await page.getByText('Aucun répertoire surveillé').waitFor();
    await page.keyboard.press('n');
    await page.keyboard.type(`${folder}/nulle-part`);
    await page.keyboard.press('Enter');
    await page.getByText(/ce répertoire n’existe pas, ou son disque n’est pas branché/).waitFor();
    await page.getByLabel('Répertoire des enregistrements').fill(`"${folder}"`);
    await page.getByLabel('avec ses sous-répertoires').check();
    await page.keyboard.press('Enter');
    const card = page.getByRole('region', { name: folder });
    await card.getByText('surveillé', { exact: true }).waitFor();
    expect((await engine.folders.list()).items).toMatchObject([{ path: folder, recursive: true, earlier: 'ignore' }]);

    await card.getByRole('button', { name: 'Mettre en pause' }).click();
    await card.getByText('en pause').waitFor();
    await card.getByRole('button', { name: 'Ne plus surveiller' }).click();
    await page.getByText('Aucun répertoire surveillé').waitFor();
    await page.getByRole('button', { name: 'Annuler' }).click();
    await card.getByText('en pause').waitFor();
    await card.getByRole('button', { name: 'Reprendre' }).click();
    await card.getByText('surveillé', { exact: true }).waitFor();
    // The engine's refusal is no trouble of the window.
    expect(troubles).toEqual([]);
  },
);

test.skipIf(browserMissing)(
  `a live whose sound may go says from when on, and one press keeps all of it${about}`,
  { timeout: 60_000 },
  async () => {
    const { page, engine, troubles } = await openWorkstation();
    await page.getByLabel('Fichier ou adresse').fill(demoLive.replace('live-fr', 'silence-noise'));
    await page.getByLabel('Garder le son').uncheck();
    await page.keyboard.press('Enter');
    await page.getByText(/Le son de ce live sera effacé à partir du/).waitFor();
    const { items } = await engine.lives.list({});
    expect(items).toMatchObject([{ keepAudio: false, soundDroppedAt: null }]);
    await page.getByRole('button', { name: 'Garder tout le son' }).click();
    await page.getByText(/Le son de ce live sera effacé/).waitFor({ state: 'detached' });
    expect((await engine.lives.list({})).items).toMatchObject([{ keepAudio: true }]);
    expect(troubles).toEqual([]);
  },
);
