import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSound, spoolEnd } from '../../engine/capture/spool.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { demo, directSound, hear, make, reference, temporaryFolder, tiles } from './support.ts';

test('a file is heard to the last sample, and each sentence of the demo live comes alone', async () => {
  await using folder = await temporaryFolder();
  const heard = await hear({
    source: { kind: 'file', path: demo('live-fr.ogg') },
    spoolDir: join(folder.path, 'spool'),
  });
  expect(heard.end).toEqual({ outcome: 'ended', damaged: false });
  expect(heard.states).toEqual(['starting', 'capturing', 'ended']);
  expect(heard.gaps).toEqual([]);

  const direct = await directSound(demo('live-fr.ogg'));
  const endMs = Math.ceil(direct.length / 16);
  expect(tiles(heard)).toEqual({ startMs: 0, endMs });
  const kept = await readSound(join(folder.path, 'spool'), 0, endMs);
  expect(Buffer.from(kept.buffer, 0, direct.byteLength).equals(Buffer.from(direct.buffer))).toBe(true);

  const sentences = (await reference('live-fr.json')).map(({ start, end }) => ({
    startMs: start * 1000,
    endMs: end * 1000,
  }));
  for (const { endMs: cut } of heard.segments) {
    expect(sentences.filter((each) => each.startMs < cut && cut < each.endMs)).toEqual([]);
  }
  const inOne = heard.segments.map(
    (segment) => sentences.filter((each) => each.startMs >= segment.startMs && each.endMs <= segment.endMs).length,
  );
  expect(Math.max(...inOne)).toBe(1);
  expect(inOne.reduce((sum, count) => sum + count)).toBe(sentences.length);
  for (const [index, segment] of heard.segments.entries()) if (inOne[index]) expect(segment.speechLikely).toBe(true);
});

test.each(['wav', 'mp3', 'flac', 'm4a', 'mp4', 'mov', 'mkv', 'flv', 'ts', 'webm'])(
  '%s is heard whole',
  async (ending) => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, `sound.${ending}`);
    const picture = ['mp4', 'mov', 'mkv', 'flv'].includes(ending);
    const codec = ending === 'webm' ? ['-c:a', 'libopus'] : ending === 'flv' ? ['-c:a', 'aac'] : [];
    const inputs = picture
      ? ['-f', 'lavfi', '-i', 'testsrc=size=160x120:rate=5', '-i', demo('live-en.ogg')]
      : ['-i', demo('live-en.ogg')];
    await make(...inputs, '-t', '12', ...codec, path);
    const heard = await hear({ source: { kind: 'file', path }, spoolDir: join(folder.path, 'spool') });
    expect(heard.end).toEqual({ outcome: 'ended', damaged: false });
    const direct = await directSound(path);
    expect(Math.abs(tiles(heard).endMs - direct.length / 16)).toBeLessThan(60);
  },
);

/** Twelve seconds of sound whose second half is lost: `cut` stops there, `overwritten` goes on with noise. */
test.each<[ending: string, harm: 'cut' | 'overwritten', restIsKnown: boolean]>([
  ['mkv', 'cut', true],
  ['flac', 'cut', true],
  ['wav', 'cut', false],
  ['ts', 'cut', false],
  ['mkv', 'overwritten', true],
  ['flac', 'overwritten', true],
  ['mp3', 'overwritten', false],
])('a damaged %s (%s) is told; what is missing of its length is a gap: %s', async (ending, harm, restIsKnown) => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, `sound.${ending}`);
  await make('-i', demo('live-en.ogg'), '-t', '12', path);
  const bytes = await readFile(path);
  const half = bytes.subarray(0, bytes.length >> 1);
  const random = seededRandom(7);
  const noise = Buffer.from(Array.from({ length: half.length }, () => Math.floor(random() * 256)));
  await writeFile(path, harm === 'cut' ? half : Buffer.concat([half, noise]));

  const heard = await hear({ source: { kind: 'file', path }, spoolDir: join(folder.path, 'spool') });
  expect(heard.end).toEqual({ outcome: 'ended', damaged: true });
  const { endMs } = tiles(heard);
  if (restIsKnown) {
    expect(Math.abs(endMs - 12_000)).toBeLessThan(60);
    expect(heard.gaps).toMatchObject([{ cause: 'source' }]);
  } else {
    expect(endMs).toBeGreaterThan(4_000);
    expect(endMs).toBeLessThan(8_000);
    expect(heard.gaps).toEqual([]);
  }
});

test('sound that is shorter than its pictures is whole', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'long-pictures.mp4');
  const pictures = ['-f', 'lavfi', '-i', 'testsrc=size=160x120:rate=5:duration=24'];
  await make(...pictures, '-t', '12', '-i', demo('live-en.ogg'), path);
  const heard = await hear({ source: { kind: 'file', path }, spoolDir: join(folder.path, 'spool') });
  expect(heard.end).toEqual({ outcome: 'ended', damaged: false });
  expect(heard.gaps).toEqual([]);
  expect(Math.abs(tiles(heard).endMs - 12_000)).toBeLessThan(60);
});

test('stdin is heard as it comes', async () => {
  await using folder = await temporaryFolder();
  const stdin = createReadStream(demo('live-en.ogg'), { highWaterMark: 1000 });
  const heard = await hear({ source: { kind: 'stdin' }, stdin, spoolDir: folder.path });
  expect(heard.end).toEqual({ outcome: 'ended', damaged: false });
  expect(tiles(heard).endMs).toBe(Math.ceil((await directSound(demo('live-en.ogg'))).length / 16));
});

const wavOfNothing = async (path: string) => make('-f', 'lavfi', '-i', 'anullsrc=r=16000:cl=mono', '-t', '0', path);
const cases: [name: string, prepare: (path: string) => Promise<unknown>, code: string][] = [
  ['nothing there', async () => undefined, 'source-not-found'],
  ['a directory', (path) => mkdir(path), 'source-is-directory'],
  ['an empty file', (path) => writeFile(path, ''), 'source-empty'],
  ['a text', (path) => writeFile(path, 'Bonjour tout le monde\n'.repeat(500)), 'source-unreadable'],
  ['a WAV without sound', wavOfNothing, 'source-unreadable'],
  ['noise of bytes', (path) => writeFile(path, Buffer.alloc(100_000, 'q\u0001~')), 'source-unreadable'],
  [
    'a picture',
    (path) => make('-f', 'lavfi', '-i', 'testsrc=size=64x64', '-frames:v', '1', '-f', 'image2', path),
    'source-unreadable',
  ],
  [
    'a film without sound',
    (path) => make('-f', 'lavfi', '-i', 'testsrc=size=64x64', '-t', '1', path),
    'source-unreadable',
  ],
];
test.each(cases)('%s is refused: %s', async (_, prepare, code) => {
  await using folder = await temporaryFolder();
  const path = join(
    folder.path,
    code === 'source-unreadable' ? 'sound.wav.mp4'.replace('.mp4', _.includes('film') ? '.mp4' : '') : 'x',
  );
  await prepare(path);
  const heard = await hear({ source: { kind: 'file', path }, spoolDir: join(folder.path, 'spool') });
  expect(heard.end).toMatchObject({ outcome: 'failed', error: { code } });
  expect(heard.segments).toEqual([]);
  expect(await spoolEnd(join(folder.path, 'spool'))).toBe(0);
});

test('an ffmpeg that is not there is named', async () => {
  await using folder = await temporaryFolder();
  const source = { kind: 'file', path: demo('live-en.ogg') } as const;
  const heard = await hear({ source, spoolDir: folder.path, ffmpeg: join(folder.path, 'ffmpeg') });
  expect(heard.end).toMatchObject({
    outcome: 'failed',
    error: { code: 'ffmpeg-missing', data: { path: join(folder.path, 'ffmpeg') } },
  });
});

test('a spool folder that is a file is a typed failure', async () => {
  await using folder = await temporaryFolder();
  const spoolDir = join(folder.path, 'spool');
  await writeFile(spoolDir, 'in the way');
  const heard = await hear({ source: { kind: 'file', path: demo('live-en.ogg') }, spoolDir });
  expect(heard.end).toMatchObject({ outcome: 'failed', error: { code: 'data-folder-unusable' } });
  expect(await readFile(spoolDir, 'utf8')).toBe('in the way');
});
