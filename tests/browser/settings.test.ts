import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserMissing } from './support/browser.ts';
import { openWorkstation } from './support/workstation.ts';

/** Stands between the engine and the page, so that what the engine says can be held on its way. */
function slowLine() {
  const held: (() => void)[] = [];
  const asked: string[] = [];
  let holding = false;
  return {
    /** How often the page has made a call. */
    calls: (name: string) => asked.filter((message) => message.includes(name)).length,
    hold: () => {
      holding = true;
    },
    release: () => {
      holding = false;
      held.splice(0).forEach((send) => send());
    },
    prepare: (page: Page) =>
      page.routeWebSocket(/\/rpc$/, (route) => {
        const server = route.connectToServer();
        route.onMessage((message) => {
          asked.push(message.toString());
          server.send(message);
        });
        server.onMessage((message) => {
          if (holding) held.push(() => route.send(message));
          else route.send(message);
        });
      }),
  };
}

test.skipIf(browserMissing)(
  `settings are kept and every part is tested${browserMissing ? ` (${browserMissing})` : ''}`,
  { timeout: 120_000 },
  async () => {
    const line = slowLine();
    const { page, engine, troubles } = await openWorkstation({ prepare: line.prepare });
    const settings = () => engine.system.settings();
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    const threshold = page.getByRole('textbox', { name: 'Seuil d’alerte' });
    for (const [typed, keptBp] of [
      ['0,55', 5500],
      ['0,8', 8000],
      ['0,70', 7000],
    ] as const) {
      await threshold.fill(typed);
      await threshold.press('Tab');
      await expect.poll(async () => (await settings()).riskThresholdBp).toBe(keptBp);
    }
    // What is typed while the answer to the change before is still on its way is neither lost nor overwritten.
    const answered = () => page.locator('section[aria-busy="false"]', { has: threshold }).waitFor();
    await answered();
    line.hold();
    await threshold.fill('0,60');
    await threshold.press('Tab');
    await expect.poll(async () => (await settings()).riskThresholdBp).toBe(6000);
    await threshold.fill('');
    await threshold.pressSequentially('0,8');
    line.release();
    await answered();
    await threshold.pressSequentially('5');
    expect(await threshold.inputValue()).toBe('0,85');
    await threshold.press('Tab');
    await expect.poll(async () => (await settings()).riskThresholdBp).toBe(8500);
    await threshold.fill('0,70');
    await threshold.press('Tab');
    await expect.poll(async () => (await settings()).riskThresholdBp).toBe(7000);

    await threshold.fill('');
    await threshold.press('Tab');
    // Polled: what was kept last may still be on its way back to the window.
    await expect.poll(() => threshold.inputValue(), { message: 'nothing typed changes nothing' }).toBe('0,70');

    // A model is taken over on Enter and not before; a path that leads nowhere stays, to be mended.
    const models = page.getByRole('region', { name: 'Modèles de transcription' });
    const file = models.getByRole('textbox', { name: 'Importer un fichier' });
    await file.fill('ggml-small');
    await models.getByText('Indiquez le chemin complet d’un fichier .bin.').waitFor();
    await file.fill('/nulle/part/ggml-small.bin');
    await file.press('Tab');
    await threshold.focus();
    expect(line.calls('models/import'), 'leaving the field asks for nothing').toBe(0);
    await file.press('Enter');
    await models.getByText('Fichier introuvable\u202f: /nulle/part/ggml-small.bin. Vérifiez le chemin.').waitFor();
    expect(line.calls('models/import')).toBe(1);
    expect(await file.inputValue()).toBe('/nulle/part/ggml-small.bin');
    await file.fill('');

    // A server that writes speech down: what is typed is judged at once, and what happens to the next sound is said.
    const server = page.getByRole('region', { name: 'Transcription par un serveur' });
    await server.getByText('Désactivé\u202f: rien n’est envoyé.').waitFor();
    const address = server.getByRole('textbox', { name: 'Adresse du serveur' });
    await address.fill('ftp://exemple.fr');
    await server.getByText(/Indiquez une adresse qui commence par/).waitFor();
    await address.fill('https://transcription.exemple.fr/v1');
    // Switched on before the engine has answered for the address: both are kept.
    line.hold();
    await address.press('Tab');
    await server.getByRole('switch', { name: 'désactivé' }).click();
    line.release();
    await server.getByText('Les lives autorisés sont envoyés à transcription.exemple.fr.').waitFor();
    await expect
      .poll(async () => (await settings()).remoteSpeech)
      .toMatchObject({ enabled: true, baseUrl: 'https://transcription.exemple.fr/v1' });

    await page.getByRole('switch', { name: 'autorisé', exact: true }).click();
    await page.getByText('Rien ne sort de cet ordinateur : seuls les fichiers').waitFor();
    await expect.poll(async () => (await settings()).network).toBe(false);
    await page.getByRole('button', { name: 'Tester de nouveau' }).click();
    await page.getByText('Coupé : rien ne sort de cet ordinateur').waitFor({ timeout: 60_000 });
    await page.getByText('Rétablissez le réseau dans les réglages').waitFor();

    // Escape is the way out of a field, back to the keys.
    await threshold.focus();
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('l');
    await page.getByLabel('Fichier ou adresse').fill('https://exemple.fr/live.m3u8');
    await page.keyboard.press('Enter');
    await page.getByText('Le réseau est coupé dans les réglages').first().waitFor();
    expect(troubles).toEqual([]);
  },
);
