import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSound } from '../../engine/capture/spool.ts';
import { wavHeader } from '../../engine/capture/wav.ts';
import { createFastClock } from '../support/fast-clock.ts';
import { demo, directSound, hear, start, temporaryFolder, tiles } from './support.ts';

const french = { kind: 'file', path: demo('live-fr.ogg') } as const;
const until = (check: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = () => (check() ? resolve() : setTimeout(look, 5));
    look();
  });

test('a disk that refuses is waited for, and nothing is lost', async () => {
  await using folder = await temporaryFolder();
  const [spoolDir, away] = [join(folder.path, 'spool'), join(folder.path, 'away')];
  const clock = createFastClock(20);
  const { capture, heard, end } = start({ source: french, spoolDir, clock, pace: { realtimeForMs: null } });
  await until(() => heard.segments.length > 0);
  // The next file cannot be made: its folder is gone, and something else is in its place.
  await rename(spoolDir, away);
  await writeFile(spoolDir, '');
  await until(() => heard.states.includes('disk-refused'));
  expect(heard.states.at(-1)).toBe('disk-refused');
  await rename(spoolDir, join(folder.path, 'other'));
  await rename(away, spoolDir);
  expect((await end).end).toEqual({ outcome: 'ended', damaged: false });
  await capture.done;
  expect(heard.gaps).toEqual([]);
  const direct = await directSound(french.path);
  const kept = await readSound(spoolDir, 0, Math.ceil(direct.length / 16));
  expect(Buffer.from(kept.buffer, 0, direct.byteLength).equals(Buffer.from(direct.buffer))).toBe(true);
  expect(tiles(heard).endMs).toBe(Math.ceil(direct.length / 16));
});

// The wait used to end after ten minutes, and with it the capture: a moderator who frees the disk after lunch must find it going on.
test('a disk that goes on refusing is waited for without an end; stopping ends it', async () => {
  await using folder = await temporaryFolder();
  const spoolDir = join(folder.path, 'spool');
  const clock = createFastClock(2_000);
  const obstacle = Promise.withResolvers<void>();
  const stdin = (async function* () {
    yield wavHeader(null);
    yield Buffer.alloc(96_000, 1);
    await obstacle.promise;
    for (let second = 0; second < 120; second += 1) yield Buffer.alloc(32_000, 1);
  })();
  const { capture, heard } = start({ source: { kind: 'stdin' }, stdin, spoolDir, clock });
  await until(() => heard.told.some(({ type }) => type === 'progress'));
  await rename(spoolDir, join(folder.path, 'away'));
  await writeFile(spoolDir, '');
  obstacle.resolve();
  await until(() => heard.states.includes('disk-refused'));
  const began = clock.monotonicMs();
  await until(() => clock.monotonicMs() - began > 3_600_000);
  expect(heard.states.at(-1)).toBe('disk-refused');
  await capture.stop();
  // All that the disk took is cut and told.
  expect(await capture.done).toEqual({ outcome: 'stopped' });
  expect(tiles(heard).endMs).toBe(heard.told.findLast(({ type }) => type === 'progress')?.capturedMs);
});

test('what plays at 1x is taken from its source no faster than it is needed', async () => {
  await using folder = await temporaryFolder();
  let takenBytes = 0;
  const stdin = (async function* () {
    yield wavHeader(null);
    for (;;) {
      takenBytes += 64_000;
      yield Buffer.alloc(64_000, 1);
    }
  })();
  const clock = createFastClock(4);
  const pace = { realtimeForMs: null };
  const { capture, heard } = start({ source: { kind: 'stdin' }, stdin, spoolDir: folder.path, clock, pace });
  const captured = () => Number(heard.told.findLast(({ type }) => type === 'progress')?.capturedMs ?? 0);
  await until(() => captured() > 8_000);
  // Pipes and ffmpeg hold some seconds; the source is endless.
  expect(takenBytes / 32 - captured()).toBeLessThan(30_000);
  await capture.stop();
  expect(tiles(heard).endMs).toBeGreaterThan(8_000);
  expect((await readdir(folder.path)).length).toBe(1);
});

test('1x for the first seconds, then as fast as the machine can', async () => {
  await using folder = await temporaryFolder();
  const clock = createFastClock(4);
  const began = clock.monotonicMs();
  const heard = await hear({ source: french, spoolDir: folder.path, clock, pace: { realtimeForMs: 8_000 } });
  expect(heard.end).toEqual({ outcome: 'ended', damaged: false });
  expect(clock.monotonicMs() - began).toBeGreaterThan(7_500);
  expect(clock.monotonicMs() - began).toBeLessThan(80_000);
  const first = heard.told.filter(({ type, capturedMs }) => type === 'progress' && Number(capturedMs) < 8_000);
  expect(first.length).toBeGreaterThan(5);
});

test('a paused file is taken up at its exact sample, with the tail that was not segmented yet', async () => {
  await using folder = await temporaryFolder();
  const spoolDir = join(folder.path, 'spool');
  await mkdir(spoolDir);
  const clock = createFastClock(10);
  const pace = { realtimeForMs: 20_000 };
  const first = start({ source: french, spoolDir, clock, pace });
  await until(() => first.heard.segments.length > 2);
  await first.capture.pause();
  const segmentedMs = tiles(first.heard).endMs;
  const second = await hear({ source: french, spoolDir, resume: { segmentedMs, onDemand: true } });
  expect(second.end).toEqual({ outcome: 'ended', damaged: false });
  const direct = await directSound(french.path);
  expect(tiles({ ...second, segments: [...first.heard.segments, ...second.segments] })).toEqual({
    startMs: 0,
    endMs: Math.ceil(direct.length / 16),
  });
  const kept = await readSound(spoolDir, 0, Math.ceil(direct.length / 16));
  expect(Buffer.from(kept.buffer, 0, direct.byteLength).equals(Buffer.from(direct.buffer))).toBe(true);
});
