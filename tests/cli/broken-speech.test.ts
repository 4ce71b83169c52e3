import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findSpeechWorker } from '../../build/speech-worker.mjs';
import { temporaryFolder } from '../../engine/testing/temporary-folder.ts';
import { serve } from '../../headless/serve.ts';
import { resourcesDir, root, testEngineOptions } from '../support/engine-options.ts';
import { createFastClock } from '../support/fast-clock.ts';
import { jsonLines, startVigie } from './run-vigie.ts';

const worker = findSpeechWorker(root);
const sound = path.join(resourcesDir, 'demo', 'silence-noise.ogg');

test.skipIf(!worker)(
  'without a speech worker the person is told, nothing is lost, and it goes on by itself',
  { timeout: 180_000 },
  async () => {
    const dataDir = temporaryFolder();
    const program = path.join(dataDir, 'vigie-speech');
    const options = testEngineOptions(dataDir, {
      speech: { worker: 'native', threads: 1 },
      clock: createFastClock(10),
    });
    const served = await serve({
      engineOptions: { ...options, binaries: { ...options.binaries, speechWorker: program } },
      open: false,
      env: {},
    });
    onTestFinished(() => served.close());
    const client = served.engine.client();

    const terminal = startVigie(['watch', sound, '--data', dataDir, '--locale', 'fr']);
    const json = startVigie(['watch', sound, '--data', dataDir, '--json']);
    await terminal.said(/Rien n’est transcrit en ce moment.*Le son est conservé.*vigie doctor/);
    await json.said(/"available":false/);
    expect((await client.system.status()).speechTrouble).toMatchObject({ code: 'speech-unavailable' });

    symlinkSync(worker!, program);
    const [ended, lines] = await Promise.all([terminal.finished, json.finished]);
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.stderr.match(/Rien n’est transcrit/g)).toHaveLength(1);
    expect(ended.stderr).toContain('La transcription fonctionne de nouveau');
    expect((await client.system.status()).speechTrouble).toBeNull();
    expect(
      jsonLines(lines.stdout)
        .filter(({ type }) => type === 'speech')
        .map(({ available, code }) => [available, code]),
    ).toEqual([
      [false, 'speech-unavailable'],
      [true, null],
    ]);
    const { live, gaps } = await client.lives.get({ liveId: String(jsonLines(lines.stdout)[0]!.liveId) });
    expect(live).toMatchObject({ state: 'termine', writtenMs: live.capturedMs });
    expect(gaps).toEqual([]);
  },
);
