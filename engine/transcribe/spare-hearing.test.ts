/** The real worker, lent and taken back. */
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { systemSpawn } from '../process/spawn.ts';
import { temporaryStore } from '../testing/temporary-store.ts';
import { demoClips, readDemo } from './fixtures/demo-sound.ts';
import { nativeProgram } from './fixtures/real-worker.ts';
import { createSpareHearings } from './spare-hearing-service.ts';
import { createSpeechHealth } from './speech-health.ts';
import { createSpeechPool } from './speech-pool.ts';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const bundledDir = path('../../resources/models');
const model = `${bundledDir}/ggml-vigie-micro.bin`;

function openPool(worker: 'native' | 'prebuilt') {
  const { store, clock, journal, log } = temporaryStore();
  const pool = createSpeechPool({
    binaries: { ffmpeg: '', speechWorker: nativeProgram, node: { path: process.execPath, args: [] } },
    speech: { worker, gpu: 'off', threads: 1 },
    shelf: { folders: { bundledDir }, admit: async () => undefined },
    clock: systemClock,
    log: silentLog,
    spawn: systemSpawn,
    card: null,
    health: createSpeechHealth({ store, journal, clock, log }),
    cores: 1,
    settings: () => ({ speechThreads: 1, speechWorkers: 1 }),
    onLost: () => undefined,
  });
  onTestFinished(() => pool.close());
  return { pool, spare: createSpareHearings(pool) };
}

const request = { liveId: 'l', language: 'fr', prompt: '' } as const;

describe.skipIf(!nativeProgram)('a worker that nobody needs', () => {
  test('is started for it, lent, and taken back at once; what it then hears is what it would have heard', async () => {
    const { pool, spare } = openPool('native');
    expect(spare.lend(model), 'it has not started').toBeNull();
    await expect.poll(() => pool.known()?.worker, { timeout: 20_000 }).toBe('native');
    const { pcm } = (await demoClips('live-fr'))[0]!;
    const untouched = pool.take(model)!;
    const alone = await untouched.engine.transcribe({ ...request, pcm });
    expect(spare.lend(model), 'somebody has it').toBeNull();
    untouched.leave();

    const loan = spare.lend(model)!;
    expect(spare.lend(model), 'one at a time').toBeNull();
    expect((await loan.hear({ ...request, pcm: pcm.slice(0, 16_000 * 3) })).text).toMatch(/^bonjour/);
    const given = loan.hear({ ...request, pcm });
    const seat = pool.take(model)!;
    await expect(given).rejects.toMatchObject({ code: 'cancelled' });
    loan.leave();
    const { text, pieces } = await seat.engine.transcribe({ ...request, pcm });
    expect({ text, pieces }).toEqual({ text: alone.text, pieces: alone.pieces });
    seat.leave();
  });

  test('makes nothing up over noise', async () => {
    const { pool, spare } = openPool('native');
    spare.lend(model);
    await expect.poll(() => pool.known()?.worker, { timeout: 20_000 }).toBe('native');
    const noise = await readDemo('silence-noise');
    const loan = spare.lend(model)!;
    for (const seconds of [1, 5, 12])
      expect(await loan.hear({ ...request, pcm: noise.slice(0, 16_000 * seconds) })).toMatchObject({ text: '' });
  });
});

test('a worker that finishes what it hears before it listens is not lent', async () => {
  const { pool, spare } = openPool('prebuilt');
  expect(spare.lend(model)).toBeNull();
  await expect.poll(() => pool.known()?.worker, { timeout: 20_000 }).toBe('prebuilt');
  expect(spare.lend(model)).toBeNull();
});
