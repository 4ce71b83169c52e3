import { expect, test } from 'vitest';
import { en } from '../../renderer/i18n/en.ts';
import { fr } from '../../renderer/i18n/fr.ts';
import { browserMissing } from './support/browser.ts';
import { openWorkstation } from './support/workstation.ts';

const missing = browserMissing ? ` (${browserMissing})` : '';
const limit = { timeout: 120_000 };

function texts(tree: object, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${prefix}${key}`, value] as [string, string]]
      : texts(value as object, `${prefix}${key}.`),
  );
}

test.skipIf(browserMissing)(`the address gives up its token; a used one is explained${missing}`, limit, async () => {
  const { page, served, context } = await openWorkstation();
  expect(page.url()).not.toContain('token');
  await page.reload();
  await page.getByText('Moteur connecté').waitFor();

  await context.clearCookies();
  await page.goto('about:blank');
  await page.goto(served.url);
  await page.getByText('Cette fenêtre n’est pas reconnue').waitFor();
  await page.getByText('L’adresse d’ouverture ne sert qu’une fois').waitFor();
});

test.skipIf(browserMissing)(`the language is switched, kept, and leaves nothing behind${missing}`, limit, async () => {
  const { page, engine, troubles } = await openWorkstation();
  await page.getByRole('button', { name: 'Anglais' }).click();
  await page.getByText('Engine connected').waitFor();
  await expect.poll(async () => (await engine.system.settings()).locale).toBe('en');
  expect(await page.locator('html').getAttribute('lang')).toBe('en');

  const english = new Map(texts(en));
  const frenchOnly = texts(fr).filter(([key, text]) => english.get(key) !== text && !text.includes('{{'));
  const inEnglish = new Set(english.values());
  for (const letter of ['l', 'r', 'e', 's']) {
    await page.keyboard.press('g');
    await page.keyboard.press(letter);
    if (letter === 's') await page.getByText('Chained journal').waitFor({ timeout: 60_000 });
    const shown = new Set((await page.locator('body').innerText()).split('\n').map((text) => text.trim()));
    const left = frenchOnly.filter(([, text]) => shown.has(text) && !inEnglish.has(text));
    expect(left, `screen ${letter}`).toEqual([]);
  }
  await page.reload();
  await page.getByText('Engine connected').waitFor();
  expect(troubles).toEqual([]);
});

test.skipIf(browserMissing)(
  `keys are shown from the table, and the policy without inline styles holds${missing}`,
  limit,
  async () => {
    const { page, troubles } = await openWorkstation({});
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.getByText('Aucune alerte en attente').waitFor();
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Touches' });
    await dialog.getByText('Marquer examinée').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await page.keyboard.press('z');
    await page.getByText('Aucune décision à annuler.').waitFor();
    expect(troubles).toEqual([]);
    await page.evaluate(() =>
      document.body.append(Object.assign(document.createElement('style'), { textContent: 'p{}' })),
    );
    // The door's policy was in force all along: the window itself needs no inline style.
    await expect.poll(() => troubles.length).toBe(1);
  },
);
