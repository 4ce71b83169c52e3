import { expect, onTestFinished, test } from 'vitest';
import { createFastClock } from '../support/fast-clock.ts';
import { startTikTok } from '../support/tiktok/tiktok.ts';
import { browserMissing } from './support/browser.ts';
import { openWorkstation, speechMs } from './support/workstation.ts';

test.skipIf(browserMissing)(
  `accounts are followed, tested, heard when they go live, and removed with a way back${browserMissing ? ` (${browserMissing})` : ''}`,
  { timeout: speechMs },
  async () => {
    // A question in 375 ms instead of 3 s; any faster, and what takes ffmpeg a moment looks like a stream that stands still.
    const clock = createFastClock(8);
    const tiktok = await startTikTok(clock);
    onTestFinished(() => tiktok[Symbol.asyncDispose]());
    const lea = tiktok.account('lea');
    tiktok.account('marc');
    const { page, engine, troubles } = await openWorkstation({
      engine: () => ({ clock, platforms: { tiktok: { ...tiktok.origins, allowPrivate: true } } }),
    });
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await page.getByText('Aucun compte suivi').waitFor();
    await page.keyboard.press('n');
    const accounts = page.getByLabel('Comptes TikTok');
    await accounts.fill('https://example.org/@x');
    await page.getByText('n’est pas une adresse TikTok.').waitFor();
    await accounts.fill('@lea, https://www.tiktok.com/@marc/live LEA @lea.. pas/un/compte');
    await page.getByRole('button', { name: 'Suivre 2 comptes' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('2 comptes suivis.').waitFor();
    const row = (handle: string) => page.getByRole('row', { name: new RegExp(`@${handle}`) });
    await row('lea').getByText('hors ligne').waitFor();
    await row('marc').getByText('hors ligne').waitFor();
    await page.keyboard.press('Escape');

    // The first one in the list, by keyboard alone: tested step by step, paused, removed, taken back.
    await page.keyboard.press('t');
    const dialog = page.getByRole('dialog', { name: 'Test de @lea' });
    await dialog.getByText('Page du compte').waitFor();
    await dialog
      .getByText(/Le compte ne diffuse pas|Le dernier live est terminé/)
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('p');
    await row('lea').getByText('en pause').waitFor();
    await page.keyboard.press('p');
    await row('lea')
      .getByText(/puis à/)
      .waitFor();
    await page.keyboard.press('x');
    await page.getByText('@lea n’est plus suivi. Ses lives restent.').waitFor();
    await page.getByRole('button', { name: 'Annuler' }).click();
    await page.getByText('@lea est de nouveau suivi.').waitFor();
    await row('lea').waitFor();

    lea.goLive();
    await page.getByText('@lea diffuse\u202f: écoute commencée.').waitFor();
    await row('lea').getByText('en ligne').waitFor();
    await row('lea').getByRole('link', { name: 'à l’écoute' }).click();
    await page.getByRole('heading', { name: '@lea' }).or(page.getByText('tiktok.com/@lea')).first().waitFor();
    const liveId = new URL(page.url()).hash.split('/').at(-1)!;
    await expect.poll(async () => (await engine.lives.get({ liveId })).live.capturedMs).toBeGreaterThan(2_000);
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await row('lea').getByRole('link', { name: '@lea' }).click();
    const history = page.getByRole('row').filter({ has: page.getByRole('img', { name: /^Risque au fil du live/ }) });
    await history.waitFor();
    lea.end();
    const card = page.getByRole('alert').filter({ hasText: 'Live terminé\u202f: @lea' });
    await card.getByText(/Mots\u202f: \d+\. Alertes\u202f: \d+\. Manques\u202f: \d+\./).waitFor();
    await card.getByRole('button', { name: 'Ouvrir' }).click();
    await page
      .getByRole('region', { name: 'Risque au fil du live' })
      .getByText(/312 spectateurs/)
      .waitFor();
    expect(troubles).toEqual([]);
  },
);
