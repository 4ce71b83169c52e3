import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listSpool, openSpool, readSound, spoolEnd, wavFile } from './spool.ts';

const { path: ffmpeg } = createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg') as { path: string };
let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'vigie-spool-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** Sound in which every sample says where it is. */
const numbered = (fromMs: number, toMs: number): Int16Array =>
  Int16Array.from({ length: (toMs - fromMs) * 16 }, (_, index) => ((fromMs * 16 + index) % 65_000) - 32_500);
const bytes = (samples: Int16Array) => new Uint8Array(samples.buffer);

test('sound comes back as it went in, across files of a minute', async () => {
  const spool = await openSpool(dir);
  for (let at = 0; at < 130_000; at += 7_300) await spool.append(bytes(numbered(at, Math.min(130_000, at + 7_300))));
  await spool.close();
  const files = await listSpool(dir);
  expect(files.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
    [0, 60_000],
    [60_000, 120_000],
    [120_000, 130_000],
  ]);
  expect(await spoolEnd(dir)).toBe(130_000);
  expect(await readSound(dir, 59_000, 61_000)).toEqual(numbered(59_000, 61_000));
  expect((await readFile(files[0]?.path ?? '')).readUInt32LE(40)).toBe(60_000 * 32);
});

test('what is missing reads as silence', async () => {
  const spool = await openSpool(dir);
  await spool.append(bytes(numbered(0, 100)));
  await spool.moveTo(300);
  await spool.append(bytes(numbered(300, 400)));
  await spool.close();
  const sound = await readSound(dir, 50, 350);
  expect(sound.subarray(0, 50 * 16)).toEqual(numbered(50, 100));
  expect(sound.subarray(50 * 16, 250 * 16)).toEqual(new Int16Array(200 * 16));
  expect(sound.subarray(250 * 16)).toEqual(numbered(300, 350));
  expect(await readSound(join(dir, 'nowhere'), 0, 10)).toEqual(new Int16Array(160));
  await expect(openSpool(dir).then((again) => again.moveTo(10))).rejects.toThrow(RangeError);
});

test('cut at any byte it opens, keeps every whole millisecond and goes on exactly there', async () => {
  const spool = await openSpool(dir);
  await spool.append(bytes(numbered(0, 4)));
  await spool.close();
  const [name = ''] = await readdir(dir);
  const whole = await readFile(join(dir, name));
  for (let length = 0; length <= whole.length; length += 1) {
    await writeFile(join(dir, name), whole.subarray(0, length));
    const keptMs = Math.max(0, Math.floor((length - 44) / 32));
    expect(await spoolEnd(dir)).toBe(keptMs);
    const again = await openSpool(dir);
    expect(again.endMs).toBe(keptMs);
    await again.append(bytes(numbered(keptMs, 6)));
    await again.close();
    expect(await readSound(dir, 0, 6)).toEqual(numbered(0, 6));
    for (const file of await readdir(dir)) if (file !== name) await rm(join(dir, file));
  }
});

test('a file that still grows, or was cut, plays in ffmpeg', async () => {
  const spool = await openSpool(dir);
  await spool.append(bytes(numbered(0, 2_000)));
  await spool.sync();
  const [file] = await listSpool(dir);
  const play = () =>
    execFileSync(ffmpeg, ['-v', 'error', '-i', file?.path ?? '', '-f', 's16le', '-'], { encoding: 'buffer' }).length;
  expect(play()).toBe(64_000);
  await truncate(file?.path ?? '', 44 + 32_003);
  expect(play()).toBe(32_002);
  await spool.close();
});

test('a disk that refuses leaves what was whole, and takes the rest later', async () => {
  const spool = await openSpool(dir);
  await spool.append(bytes(numbered(0, 60_000)));
  await rm(dir, { recursive: true });
  await writeFile(dir, 'in the way');
  await expect(spool.append(bytes(numbered(60_000, 60_100)))).rejects.toMatchObject({ code: 'ENOTDIR' });
  expect(spool.endMs).toBe(60_000);
});

test('wavFile is a file ffmpeg reads', async () => {
  const path = join(dir, 'x.wav');
  await writeFile(path, wavFile(numbered(0, 500)));
  expect((await stat(path)).size).toBe(44 + 16_000);
  const out = execFileSync(ffmpeg, ['-v', 'error', '-i', path, '-f', 's16le', '-'], { encoding: 'buffer' });
  expect(Buffer.compare(out, Buffer.from(numbered(0, 500).buffer))).toBe(0);
});
