import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { checkModel, digestOf, listModels, resolveModel } from './models.ts';

const bundledDir = fileURLToPath(new URL('../../resources/models/', import.meta.url));
const micro = join(bundledDir, 'ggml-vigie-micro.bin');
const dir = mkdtempSync(join(tmpdir(), 'vigie-models-'));
const folders = { bundledDir, folderDir: join(dir, 'models') };

beforeAll(() => {
  mkdirSync(folders.folderDir);
  copyFileSync(micro, join(folders.folderDir, 'ggml-mine.bin'));
  copyFileSync(micro, join(folders.folderDir, 'ggml-cut.bin'));
  truncateSync(join(folders.folderDir, 'ggml-cut.bin'), 12_000_000);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('the list holds what works: the bundled model and the users own, not the voice model, not the cut one', async () => {
  const common = { multilingual: true, sizeBytes: 17_712_250, width: 128 };
  expect(await listModels(folders)).toEqual([
    { id: 'vigie-micro', path: micro, origin: 'bundled', ...common },
    { id: 'mine', path: join(folders.folderDir, 'ggml-mine.bin'), origin: 'folder', ...common },
  ]);
  expect(await listModels({ ...folders, folderDir: join(dir, 'not-yet') })).toHaveLength(1);
});

test('a model is found by id and by path', async () => {
  expect(await resolveModel('vigie-micro', folders)).toMatchObject({
    path: micro,
    origin: 'bundled',
    multilingual: true,
  });
  expect(await resolveModel('mine', folders)).toMatchObject({ origin: 'folder' });
  expect(await resolveModel(micro, folders)).toMatchObject({ path: micro, origin: 'path' });
});

test('an unknown one is missing, and the known ones are named', async () => {
  const missing = { code: 'model-missing', data: { known: ['vigie-micro', 'cut', 'mine'] } };
  await expect(resolveModel('large-v3', folders)).rejects.toMatchObject(missing);
  await expect(resolveModel(join(dir, 'nothing.bin'), folders)).rejects.toMatchObject(missing);
});

/** The real model with its start replaced. */
function altered(name: string, edit: (bytes: Buffer) => Buffer): string {
  const path = join(dir, name);
  writeFileSync(path, edit(readFileSync(micro)));
  return path;
}
const withInt = (at: number, value: number) => (bytes: Buffer) => {
  bytes.writeInt32LE(value, at);
  return bytes;
};

test.each([
  ['a directory', () => dir, /not-a-file/],
  ['an empty file', () => altered('a', () => Buffer.alloc(0)), /too-small/],
  ['a text', () => altered('b', () => Buffer.from('this is not a model '.repeat(100))), /not-ggml/],
  ['the voice model', () => join(bundledDir, 'ggml-silero-v5.bin'), /no-speech-model/],
  ['a model cut in its header', () => altered('c', (bytes) => bytes.subarray(0, 60)), /ends-early/],
  ['a model cut in its weights', () => join(folders.folderDir, 'ggml-cut.bin'), /ends-early/],
  ['a model that lacks its last byte', () => altered('d', (bytes) => bytes.subarray(0, -1)), /ends-early/],
  [
    'a model with bytes after its end',
    () => altered('e', (bytes) => Buffer.concat([bytes, Buffer.alloc(400)])),
    /damaged/,
  ],
  ['a vocabulary of minus one', () => altered('f', withInt(4, -1)), /no-speech-model/],
  ['two thousand million layers', () => altered('g', withInt(20, 2e9)), /no-speech-model/],
  ['heads that do not divide the width', () => altered('h', withInt(16, 7)), /no-speech-model/],
  ['filters of another size', () => altered('i', withInt(48, 79)), /damaged-filters/],
])('%s is refused by name', async (_name, file, detail) => {
  await expect(checkModel(file())).rejects.toMatchObject({
    code: 'model-invalid',
    data: { detail: expect.stringMatching(detail) },
  });
});

test('a digest is read again when the file changes', async () => {
  const path = join(dir, 'changing');
  writeFileSync(path, 'one');
  const before = await digestOf(path);
  writeFileSync(path, 'three');
  expect(await digestOf(path)).not.toBe(before);
  await expect(digestOf(join(dir, 'absent'))).rejects.toMatchObject({ code: 'ENOENT' });
});
