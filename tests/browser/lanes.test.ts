import { expect, test } from 'vitest';
import { newId } from '#shared/ids.ts';
import { demoLive } from '../support/engine-options.ts';
import { browserMissing } from './support/browser.ts';
import { openWorkstation } from './support/workstation.ts';

test.skipIf(browserMissing)(
  'one key brings the live back, another takes that back, and a pause is never silent',
  { timeout: 120_000 },
  async () => {
    const { page, engine, troubles } = await openWorkstation();
    const command = () => newId(Date.now());
    await engine.lanes.pause({ liveId: null, paused: true, commandId: command() });
    const { liveId } = await engine.lives.watch({
      source: demoLive,
      title: 'Live suivi',
      speed: '1',
      commandId: command(),
    });
    await page.getByRole('link', { name: 'Live suivi' }).click();
    await page.getByText('Toute transcription est suspendue', { exact: false }).waitFor();
    const segments = async () => (await engine.lives.get({ liveId })).live.openSegments;
    await expect.poll(segments, { timeout: 60_000, interval: 250 }).toBeGreaterThanOrEqual(2);

    await page.keyboard.press('r');
    await page.getByText('derrière le direct. Ils seront écrits ensuite.', { exact: false }).waitFor();
    await page.getByText('derrière le direct.', { exact: false }).first().waitFor();
    expect((await engine.lanes.get({ liveId })).backfill.segments).toBeGreaterThanOrEqual(2);
    await page.keyboard.press('z');
    await page.getByText('Rattrapage annulé', { exact: false }).waitFor();
    expect((await engine.lanes.get({ liveId })).backfill.segments).toBe(0);

    await engine.lanes.pause({ liveId: null, paused: false, commandId: command() });
    await page.getByText('Toute transcription est suspendue', { exact: false }).waitFor({ state: 'detached' });
    await page.keyboard.press('t');
    await page.getByText('Transcription de ce live suspendue', { exact: false }).waitFor();
    await page.keyboard.press('t');
    await page.getByText('Transcription de ce live suspendue', { exact: false }).waitFor({ state: 'detached' });
    await engine.lives.stop({ liveId, commandId: command() });
    expect(troubles).toEqual([]);
  },
);
