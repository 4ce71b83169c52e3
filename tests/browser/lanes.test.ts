import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { newId } from '#shared/ids.ts';
import { demoLive, root, testEngineOptions } from '../support/engine-options.ts';
import { createFastClock } from '../support/fast-clock.ts';
import { browserMissing } from './support/browser.ts';
import { openWorkstation } from './support/workstation.ts';

const missing = browserMissing ?? (process.platform === 'win32' ? 'left out: the worker is a shell script' : null);

/** A speech worker that says ready and then nothing: words are as late as they can be. */
function hangingWorker(dataDir: string): string {
  const program = path.join(dataDir, 'hanging-worker');
  const hang = path.join(root, 'engine/transcribe/fixtures/hang.ts');
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${hang}"\n`, { mode: 0o755 });
  return program;
}

test.skipIf(missing)(
  `late words are announced on every desk, one key brings the live back, another takes that back, and a pause is never silent${missing ? ` (${missing})` : ''}`,
  { timeout: 120_000 },
  async () => {
    const { page, engine, troubles } = await openWorkstation({
      engine: (dataDir) => ({
        clock: createFastClock(10),
        speech: { worker: 'native', threads: 1 },
        binaries: { ...testEngineOptions(dataDir).binaries, speechWorker: hangingWorker(dataDir) },
      }),
    });
    const command = () => newId(Date.now());
    const watched = { source: demoLive, title: 'Live suivi', speed: '1' as const };
    const { liveId } = await engine.lives.watch({ ...watched, commandId: command() });
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.getByText('Les mots d’un live ont du retard').waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Ouvrir' }).click();
    await page
      .getByRole('alert')
      .getByText(/Les mots de ce live ont du retard depuis/)
      .waitFor();
    await page.getByRole('button', { name: /Rattraper le direct/ }).waitFor();
    await engine.lanes.pause({ liveId: null, paused: true, commandId: command() });
    await page.getByText('Toute transcription est suspendue', { exact: false }).waitFor();

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
