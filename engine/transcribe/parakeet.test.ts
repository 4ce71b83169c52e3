/** Parakeet models, with random weights: what they write means nothing, how they are loaded, run, read and refused does. */
import { copyFileSync, readFileSync, truncateSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { findSpeechWorker } from '../../build/speech-worker.mjs';
import { writeParakeetModel } from '../../tests/support/parakeet-model.ts';
import { systemClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { systemSpawn } from '../process/spawn.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { demoClips } from './fixtures/demo-sound.ts';
import { inspectModel } from './model-file.ts';
import { openSpeechEngine } from './speech-engine.ts';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const native = findSpeechWorker(path('../..'));

function writtenModel(): string {
  const file = `${temporaryFolder()}/ggml-parakeet-test.bin`;
  writeParakeetModel(file);
  return file;
}

function open(worker: 'native' | 'prebuilt', modelPath: string) {
  const engine = openSpeechEngine({
    binaries: { speechWorker: native, node: { path: process.execPath, args: [] } },
    speech: { worker, gpu: 'off' },
    modelPath,
    vadModelPath: path('../../resources/models/ggml-silero-v5.bin'),
    clock: systemClock,
    log: silentLog,
    spawn: systemSpawn,
  });
  onTestFinished(() => engine.close());
  return engine;
}

test('its structure is read from the file', async () => {
  const bytes = readFileSync(writtenModel());
  expect(
    await inspectModel(bytes.length, (at, length) => Promise.resolve(bytes.subarray(at, at + length))),
  ).toMatchObject({ family: 'parakeet', multilingual: false, width: 8, layers: 1 });
});

test.skipIf(!native)(
  'a sound becomes words with certainty and times, the same each time, whatever came before',
  async () => {
    const engine = open('native', writtenModel());
    expect(await engine.info()).toMatchObject({ worker: 'native', device: 'cpu' });
    const [clip, other] = await demoClips('live-fr');
    const ask = (pcm: Int16Array) => engine.transcribe({ pcm, language: 'fr', liveId: 'a', prompt: 'chat maison' });
    const first = await ask(clip!.pcm);
    expect(first.text).toMatch(/\p{L}/u);
    expect(first.text).not.toMatch(/[<▁]/);
    const soundMs = clip!.pcm.length / 16;
    for (const piece of first.pieces) {
      expect(piece.startMs).toBeGreaterThanOrEqual(0);
      expect(piece.endMs).toBeGreaterThanOrEqual(piece.startMs);
      expect(piece.endMs).toBeLessThanOrEqual(soundMs);
      for (const { probabilityBp } of piece.words) expect(probabilityBp).toBeGreaterThan(0);
    }
    expect(first.meanLogProb).toBeLessThan(0);
    expect(first.noSpeechBp).toBeNull();
    await ask(other!.pcm);
    expect(await ask(clip!.pcm)).toMatchObject({ text: first.text, pieces: first.pieces });
  },
);

test.skipIf(!native)('silence and the shortest sound cost nothing and write nothing', async () => {
  const engine = open('native', writtenModel());
  for (const samples of [16_000 * 15, 1_601, 160, 0]) {
    const { text } = await engine.transcribe({ pcm: new Int16Array(samples), language: 'auto', liveId: 'b' });
    expect(text).toBe('');
  }
});

test.skipIf(!native)('a sound that is given up does not keep the next one', async () => {
  const engine = open('native', writtenModel());
  const { pcm } = (await demoClips('live-fr'))[0]!;
  const stop = new AbortController();
  const cancelled = engine.transcribe({ pcm, language: 'fr', liveId: 'c', signal: stop.signal });
  const next = engine.transcribe({ pcm, language: 'fr', liveId: 'c' });
  setImmediate(() => stop.abort());
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
  expect((await next).text).not.toBe('');
});

test('a cut file never reaches a worker', async () => {
  const file = writtenModel();
  const cut = file.replace('parakeet-test', 'parakeet-cut');
  copyFileSync(file, cut);
  truncateSync(cut, 12_000);
  await expect(open('native', cut).info()).rejects.toMatchObject({ code: 'model-invalid' });
});

test('the prebuilt worker says that it cannot, and what can', { timeout: 60_000 }, async () => {
  await expect(open('prebuilt', writtenModel()).info()).rejects.toMatchObject({
    code: 'model-invalid',
    data: { detail: 'parakeet-needs-native' },
  });
});
