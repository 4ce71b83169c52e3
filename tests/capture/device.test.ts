import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { createDevicesService } from '../../engine/capture/devices-service.ts';
import { openableDevice } from '../../engine/capture/source/device-source.ts';
import { systemClock } from '../../engine/base/clock.ts';
import { type Spawn, systemSpawn } from '../../engine/process/spawn.ts';
import { createFastClock } from '../support/fast-clock.ts';
import { ffmpeg, outsideHands, start, temporaryFolder, tiles } from './support.ts';

const fake = fileURLToPath(new URL('fixtures/input-ffmpeg.mjs', import.meta.url));
const mic = { kind: 'device', system: 'pulse', name: 'mic.one' } as const;

/** A spawn that runs the stand-in where `fake` is asked for, and keeps every child. */
function spawning(folder: string, seconds: string) {
  const ledger = join(folder, 'ledger');
  const children: ChildProcess[] = [];
  const spawn: Spawn = (binary, args, options) => {
    const env = { ...options?.env, LEDGER: pathToFileURL(ledger).href, SECONDS: seconds };
    const child =
      binary === fake ? systemSpawn(process.execPath, [fake, ...args], { env }) : systemSpawn(binary, args, options);
    children.push(child);
    return child;
  };
  const runs = async () =>
    (await readFile(ledger, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { args: string[]; env: string[] });
  return { spawn, children, runs };
}

test('a microphone that is unplugged is an outage of its own, and is heard again when it is back', async () => {
  await using folder = await temporaryFolder();
  const { spawn, children, runs } = spawning(folder.path, '-3,2');
  const clock = createFastClock(20);
  let sounded = 0;
  const twice = Promise.withResolvers<void>();
  const { capture, heard } = start({
    source: mic,
    spoolDir: join(folder.path, 'spool'),
    clock,
    spawn,
    outside: outsideHands({ clock, spawn, inputFfmpeg: () => fake }),
    events: {
      onOpened: () => undefined,
      onSegment: () => undefined,
      onGap: () => undefined,
      onState(state) {
        if (state === 'capturing' && (sounded += 1) === 2) twice.resolve();
      },
      onProgress: () => undefined,
    },
  });
  await twice.promise;
  await capture.stop();
  expect(await capture.done).toEqual({ outcome: 'stopped' });
  expect(heard.told).toEqual([]);
  const [first, second] = await runs();
  expect(first?.args).toEqual(second?.args);
  expect(first?.args.slice(first.args.indexOf('-f'), first.args.indexOf('-vn'))).toEqual([
    '-f',
    'pulse',
    '-i',
    'mic.one',
  ]);
  for (const child of children) if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
});

test('the time without the microphone is declared, with the source as its cause', async () => {
  await using folder = await temporaryFolder();
  const { spawn } = spawning(folder.path, '-3,2');
  const clock = createFastClock(20);
  const { capture, heard } = start({
    source: mic,
    spoolDir: join(folder.path, 'spool'),
    clock,
    spawn,
    outside: outsideHands({ clock, spawn, inputFfmpeg: () => fake }),
  });
  await expect.poll(() => heard.gaps.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(1);
  await expect.poll(() => heard.states.filter((state) => state === 'capturing').length).toBe(2);
  await capture.stop();
  expect(heard.gaps.at(-1)).toMatchObject({ cause: 'source' });
  tiles(heard);
});

test('a microphone that never gives sound is a failure that names it', async () => {
  await using folder = await temporaryFolder();
  const { spawn } = spawning(folder.path, '-0,-0,-0,-0,-0');
  const clock = createFastClock(200);
  const broken = systemSpawn;
  const { end } = start({
    source: { ...mic, system: 'alsa', name: 'hw:7' },
    spoolDir: join(folder.path, 'spool'),
    clock,
    spawn,
    // The real one: there is no such card.
    outside: outsideHands({ clock, spawn: broken }),
  });
  expect((await end).end).toMatchObject({
    outcome: 'failed',
    error: { code: 'device-failed', data: { device: 'hw:7' } },
  });
});

test.runIf(process.platform === 'linux')('a sound system that ffmpeg was built without is named at once', async () => {
  await using folder = await temporaryFolder();
  const { end } = start({ source: mic, spoolDir: join(folder.path, 'spool') });
  expect((await end).end).toMatchObject({
    outcome: 'failed',
    error: { code: 'ffmpeg-lacks', data: { what: 'pulse', path: ffmpeg } },
  });
});

test.runIf(process.platform === 'linux')(
  'the real ffmpeg reads the real ALSA, and is gone when nobody listens',
  async () => {
    const children: ChildProcess[] = [];
    const spawn: Spawn = (...given) => {
      const child = systemSpawn(...given);
      children.push(child);
      return child;
    };
    const halt = new AbortController();
    // ALSA's own device of silence, the one that every Linux has.
    const device = openableDevice({ kind: 'device', system: 'alsa', name: 'null' }, outsideHands({ spawn }));
    const feed = await device.open(halt.signal, () => 0);
    let bytes = 0;
    for await (const piece of feed.items) {
      if (piece instanceof Uint8Array) bytes += piece.length;
      if (bytes > 100_000) break;
    }
    halt.abort(new Error('enough'));
    expect(children.length).toBe(1);
    for (const child of children) if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  },
);

test('devices are listed, and a sound system that cannot be read says why', async () => {
  await using folder = await temporaryFolder();
  const { spawn, runs } = spawning(folder.path, '');
  const service = createDevicesService({ spawn, clock: systemClock, platform: 'linux', inputFfmpeg: () => fake });
  const listed = await service.list();
  expect(listed.items.map(({ label, reference, monitor }) => [label, reference, monitor])).toEqual([
    ['Micro de José 🎙', 'device:pulse:mic.one', false],
    ['Monitor of Audio', 'device:pulse:out.monitor', true],
  ]);
  expect(listed.troubles).toEqual([{ system: 'alsa', problem: 'ffmpeg-lacks', detail: '' }]);
  const secrets = (await runs()).flatMap(({ env }) => env).filter((name) => /KEY|TOKEN|PROXY|GROQ|VITEST/i.test(name));
  expect(secrets).toEqual([]);

  const real = createDevicesService({
    spawn: systemSpawn,
    clock: systemClock,
    platform: 'linux',
    inputFfmpeg: () => ffmpeg,
  });
  if (process.platform === 'linux') {
    const { troubles } = await real.list();
    expect(troubles).toContainEqual({ system: 'pulse', problem: 'ffmpeg-lacks', detail: '' });
  }
});

test('an ffmpeg that is not there is named when devices are listed', async () => {
  await using folder = await temporaryFolder();
  const service = createDevicesService({
    spawn: systemSpawn,
    clock: systemClock,
    platform: 'linux',
    inputFfmpeg: () => join(folder.path, 'ffmpeg'),
  });
  await expect(service.list()).rejects.toMatchObject({ code: 'ffmpeg-missing' });
});
