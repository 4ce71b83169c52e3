import { expect, test } from 'vitest';
import { newId } from '#shared/ids.ts';
import { findSpeechWorker } from '../../build/speech-worker.mjs';
import { demoLive, root } from '../support/engine-options.ts';
import { browserMissing } from './support/browser.ts';
import { openWorkstation, speechMs } from './support/workstation.ts';

const missing = browserMissing ?? (findSpeechWorker(root) === null ? 'left out: no native worker is built' : null);

test.skipIf(missing)(
  `words show below the transcript while they are said, called provisional, and give way to their segment${missing ? ` (${missing})` : ''}`,
  { timeout: speechMs },
  async () => {
    const { page, engine, troubles } = await openWorkstation();
    const command = () => newId(Date.now());
    const watched = { source: demoLive, title: 'Live suivi', speed: '1' as const };
    const { liveId } = await engine.lives.watch({ ...watched, commandId: command() });
    await page.getByText('Live suivi').first().click();
    const line = page.locator('[data-tentative=true]');
    await line.getByText('provisoire').waitFor({ timeout: speechMs });
    expect(await line.getAttribute('aria-live')).toBe('off');
    await line.getByText(/bonjour/).waitFor({ timeout: speechMs });
    const transcript = page.getByRole('log', { name: 'Transcription' });
    await transcript.getByText('bonjour à tous et bienvenue dans ce live.').waitFor({ timeout: speechMs });
    // Never both at once, now or after the next words.
    await line.getByText(/dites|moi|chat/).waitFor({ timeout: speechMs });
    expect(await line.innerText()).not.toContain('bonjour');
    await engine.lives.stop({ liveId, commandId: command() });
    await page.locator('[data-tentative]').waitFor({ state: 'detached' });
    expect(troubles).toEqual([]);
  },
);
