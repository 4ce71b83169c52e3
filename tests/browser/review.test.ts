import { expect, test } from 'vitest';
import type { Page, WebSocketRoute } from 'playwright-core';
import { newId } from '#shared/ids.ts';
import { browserMissing } from './support/browser.ts';
import { hearAlerts } from './support/demo.ts';
import { openWorkstation, speechMs } from './support/workstation.ts';

/** Stands between the page and the engine, so that a decision can be held on its way and the line cut. */
function lineKeeper() {
  const held: (() => void)[] = [];
  const open = new Set<WebSocketRoute>();
  const state = { holdDecisions: false, cut: false };
  return {
    state,
    held,
    release: () => held.splice(0).forEach((send) => send()),
    cut: async () => {
      state.cut = true;
      await Promise.all([...open].map((route) => route.close({ code: 4000 })));
      open.clear();
    },
    prepare: (page: Page) =>
      page.routeWebSocket(/\/rpc$/, (route) => {
        if (state.cut) return void route.close({ code: 4000 });
        open.add(route);
        const server = route.connectToServer();
        route.onMessage((message) => {
          if (state.holdDecisions && message.toString().includes('review/decide'))
            held.push(() => server.send(message));
          else server.send(message);
        });
      }),
  };
}

const picked = (page: Page) => page.locator('[role="option"][aria-selected="true"]').getAttribute('data-item');

test.skipIf(browserMissing)(
  `alerts are decided and taken back by keyboard alone${browserMissing ? ` (${browserMissing})` : ''}`,
  { timeout: speechMs + 180_000 },
  async () => {
    const line = lineKeeper();
    const { page, engine, troubles } = await openWorkstation({ prepare: line.prepare });
    await hearAlerts(engine, 5);
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.getByRole('option').nth(4).waitFor();
    const queue = async () => (await engine.review.queue({})).items.map((item) => item.id);

    // The reason first, then the minute around it.
    await page.getByText('Appelle à chasser des gens').first().waitFor();
    await page.locator('li[aria-current="true"] mark').first().waitFor();

    // Dismiss: the next item is there while the decision is still on its way, and only then is it called recorded.
    const first = await picked(page);
    line.state.holdDecisions = true;
    await page.keyboard.press('i');
    await expect.poll(() => picked(page)).not.toBe(first);
    await expect.poll(() => line.held.length).toBe(1);
    expect(await page.getByText(/^Ignorée/).count(), 'nothing is claimed before the engine says so').toBe(0);
    expect(await queue()).toContain(first);
    line.state.holdDecisions = false;
    line.release();
    await page.getByText(/^Ignorée/).waitFor();
    expect(await queue()).not.toContain(first);

    // Undo: back in the list and in front of the person.
    await page.keyboard.press('z');
    await page.getByText(/Décision annulée/).waitFor();
    await expect.poll(() => picked(page)).toBe(first);
    expect(await queue()).toContain(first);

    // Typing decides nothing; the note goes with the decision.
    await page.keyboard.press('n');
    await page.keyboard.type('ie za');
    await page.keyboard.press('Enter');
    expect(await queue()).toContain(first);
    await page.keyboard.press('r');
    await page.getByRole('option', { name: 'pas haineux' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    // The list lets go of the keyboard a moment after the choice; a key before that would still be its own.
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
    await page.keyboard.press('e');
    await expect.poll(queue).not.toContain(first);
    const examined = await engine.review.item({ itemId: first! });
    expect(examined).toMatchObject({
      status: 'reviewed',
      decision: { verdict: 'review', note: 'ie za', reason: 'not-hateful' },
    });

    // Act: a statement in the moderator's own words, confirmed by Enter; without one, nothing is recorded.
    const second = await picked(page);
    await page.keyboard.press('a');
    const statement = page.getByLabel('Votre déclaration');
    await statement.waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Écrivez ce qui a été fait').waitFor();
    await page.keyboard.type('Signalé à la plateforme');
    await page.keyboard.press('Enter');
    await expect.poll(queue).not.toContain(second);
    const acted = await engine.review.item({ itemId: second! });
    expect(acted).toMatchObject({
      status: 'action_taken',
      decision: { statement: 'Signalé à la plateforme', stopCapture: false },
    });

    // Somebody else was faster: the person is told who and when, and nothing is overwritten.
    const third = await picked(page);
    line.state.holdDecisions = true;
    await page.keyboard.press('i');
    await expect.poll(() => line.held.length).toBe(1);
    const { version } = await engine.review.item({ itemId: third! });
    await engine.review.decide({ itemId: third!, verdict: 'review', basedOn: version, commandId: newId(Date.now()) });
    line.state.holdDecisions = false;
    line.release();
    await page.getByText(/Déjà examinée par/).waitFor();
    expect(await engine.review.item({ itemId: third! })).toMatchObject({ status: 'reviewed' });

    // The line breaks: said at once; what happened meanwhile is there when it is back, without a reload.
    await line.cut();
    await page.getByText(/Moteur injoignable/).waitFor();
    const [fourth, fifth] = (await queue()) as [string, string];
    const { version: ofFourth } = await engine.review.item({ itemId: fourth });
    await engine.review.decide({ itemId: fourth, verdict: 'dismiss', basedOn: ofFourth, commandId: newId(Date.now()) });
    expect(await page.locator(`[data-item="${fourth}"]`).count()).toBe(1);
    // A decision made meanwhile waits, and says so; it is sent once when the engine is back.
    await page.locator(`[data-item="${fifth}"]`).click();
    await page.keyboard.press('i');
    await page.getByText('1 décision attend d’être envoyée').waitFor();
    line.state.cut = false;
    await page.getByText('Moteur connecté').waitFor();
    await expect.poll(() => page.locator(`[data-item="${fourth}"]`).count()).toBe(0);

    await page.getByText(/^Ignorée/).waitFor();
    expect((await engine.review.item({ itemId: fifth })).history).toHaveLength(1);

    await page.keyboard.press('t');
    await page.locator(`[data-item="${fourth}"]`).waitFor();
    expect(troubles).toEqual([]);
  },
);
