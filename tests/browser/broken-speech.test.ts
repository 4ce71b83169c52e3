import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findSpeechWorker } from '../../build/speech-worker.mjs';
import { newId } from '#shared/ids.ts';
import { resourcesDir, root, testEngineOptions } from '../support/engine-options.ts';
import { createFastClock } from '../support/fast-clock.ts';
import { browserMissing } from './support/browser.ts';
import { openWorkstation } from './support/workstation.ts';

const worker = findSpeechWorker(root);
const missing = browserMissing ?? (worker ? null : 'left out: no native speech worker');

test.skipIf(missing)(
  `a live whose sound cannot be written down says so, until it can${missing ? ` (${missing})` : ''}`,
  { timeout: 120_000 },
  async () => {
    let program = '';
    const { page, engine, troubles } = await openWorkstation({
      engine(dataDir) {
        program = path.join(dataDir, 'vigie-speech');
        const { binaries } = testEngineOptions(dataDir);
        const speech = { worker: 'native' as const, threads: 1 };
        return { clock: createFastClock(10), speech, binaries: { ...binaries, speechWorker: program } };
      },
    });
    const source = path.join(resourcesDir, 'demo', 'silence-noise.ogg');
    const { liveId } = await engine.lives.watch({ source, title: 'Essai', commandId: newId(Date.now()) });
    await page.getByText('Essai').first().click();
    const sentence = page.getByRole('alert').getByText(/Rien n’est transcrit en ce moment/);
    await sentence.waitFor();
    await page.getByText(/Le son est conservé et sera transcrit/).waitFor();
    await page.getByRole('contentinfo').getByText('arrêtée, le son attend').waitFor();

    symlinkSync(worker!, program);
    await sentence.waitFor({ state: 'detached', timeout: 60_000 });
    await expect
      .poll(async () => (await engine.lives.get({ liveId })).live.writtenMs, { timeout: 60_000 })
      .toBeGreaterThan(0);
    await page
      .getByRole('contentinfo')
      .getByText(/native, processeur/)
      .waitFor();
    expect(troubles).toEqual([]);
  },
);
