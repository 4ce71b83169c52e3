import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isVigieError, VigieError } from '#shared/errors.ts';
import { exportFormats } from '#shared/model/export.ts';
import { fixtureDocument } from './fixtures/document.ts';
import type { PdfRenderer } from './pdf-renderer.ts';
import { exportFileName, writeDocument } from './write-document.ts';

const root = mkdtempSync(path.join(tmpdir(), 'vigie-export-'));
const document = fixtureDocument({ segments: 12 });
const pdf: PdfRenderer = { render: () => Promise.resolve(Buffer.from('%PDF-')), close: () => Promise.resolve() };
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: unknown) => (isVigieError(error) ? error.code : error),
  );

test.each(exportFormats)('%s: the file is what its size and hash say, and nothing lies beside it', async (format) => {
  const target = path.join(root, format, 'deep', `file.${format}`);
  const seen: number[] = [];
  const { sizeBytes, sha256 } = await writeDocument({
    document,
    format,
    path: target,
    pdf,
    onProgress: (bp) => seen.push(bp),
  });
  const bytes = readFileSync(target);
  expect(bytes.byteLength).toBe(sizeBytes);
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  expect(readdirSync(path.dirname(target))).toEqual([`file.${format}`]);
  expect(seen.at(-1)).toBe(10_000);
});

test('an earlier export stays whole until the new one replaces it', async () => {
  const target = path.join(root, 'again.txt');
  writeFileSync(target, 'before');
  const failing: PdfRenderer = {
    ...pdf,
    render: () => Promise.reject(new VigieError('export-failed', { format: 'pdf', detail: 'x' })),
  };
  expect(await codeOf(writeDocument({ document, format: 'pdf', path: target, pdf: failing }))).toBe('export-failed');
  expect(readFileSync(target, 'utf8')).toBe('before');
  await writeDocument({ document, format: 'txt', path: target, pdf });
  expect(readFileSync(target, 'utf8')).toContain('TRANSCRIPTION');
});

test('a cancelled export leaves nothing', async () => {
  const target = path.join(root, 'cancelled', 'a.csv');
  expect(await codeOf(writeDocument({ document, format: 'csv', path: target, pdf, signal: AbortSignal.abort() }))).toBe(
    'cancelled',
  );
  const abort = new AbortController();
  const late: PdfRenderer = { ...pdf, render: () => (abort.abort(), Promise.resolve(Buffer.from('%PDF-'))) };
  expect(await codeOf(writeDocument({ document, format: 'pdf', path: target, pdf: late, signal: abort.signal }))).toBe(
    'cancelled',
  );
  expect(existsSync(target)).toBe(false);
  expect(readdirSync(path.dirname(target))).toEqual([]);
});

test('a place that cannot be written is a typed error and leaves nothing', async () => {
  const folder = path.join(root, 'taken');
  mkdirSync(path.join(folder, 'name.csv', 'inside'), { recursive: true });
  expect(await codeOf(writeDocument({ document, format: 'csv', path: path.join(folder, 'name.csv'), pdf }))).toBe(
    'export-failed',
  );
  expect(readdirSync(folder)).toEqual(['name.csv']);
  writeFileSync(path.join(root, 'a-file'), '');
  expect(await codeOf(writeDocument({ document, format: 'csv', path: path.join(root, 'a-file', 'x.csv'), pdf }))).toBe(
    'export-failed',
  );
});

// A device that is always full, where there is one.
test.skipIf(!existsSync('/proc/self/fd'))('a name no file system takes is a typed error', async () => {
  expect(await codeOf(writeDocument({ document, format: 'csv', path: path.join(root, 'x'.repeat(300)), pdf }))).toBe(
    'export-failed',
  );
});

const nameOf = (title: string) => exportFileName(fixtureDocument({ segments: 0, title }), 'pdf');

test.each([
  ['live-fr', 'vigie-live-fr-2026-11-21-1403.pdf'],
  [
    'La tarte du samedi : épisode nº 3 !',
    'vigie-la-tarte-du-samedi-épisode-nº-3-2026-11-21-1403.pdf'.replace('nº', 'n\u00ba'),
  ],
  ['', 'vigie-live-2026-11-21-1403.pdf'],
  ['../../etc/passwd', 'vigie-etc-passwd-2026-11-21-1403.pdf'],
  ['CON', 'vigie-con-2026-11-21-1403.pdf'],
  ['--rm -rf', 'vigie-rm-rf-2026-11-21-1403.pdf'],
  ['a\u202egpj.exe\u0000...', 'vigie-agpj-exe-2026-11-21-1403.pdf'],
  ['e\u0301te\u0301', 'vigie-été-2026-11-21-1403.pdf'],
  ['مرحبا 🔥', 'vigie-مرحبا-2026-11-21-1403.pdf'],
])('title %j is named %s', (title, name) => {
  expect(nameOf(title)).toBe(name);
});

test('10,000 hostile titles give names every system takes', () => {
  const pieces = [
    'CON',
    'nul.txt',
    '..',
    '.',
    ' ',
    '-',
    '/',
    '\\',
    ':',
    '*',
    '?',
    '"',
    '<',
    '>',
    '|',
    '\u0000',
    '\u0007',
    '\u202e',
    '\u200f',
    'é',
    'e\u0301',
    '😀',
    '👨‍👩‍👧',
    'مرحبا',
    '中文',
    'A'.repeat(200),
    '\ud800',
    '\u0301',
    'İ',
    'ß',
    '%00',
    '\n',
  ];
  for (let index = 0; index < 10_000; index += 1) {
    const title = [0, 1, 2, 3]
      .map((turn) => pieces[Math.floor(index / pieces.length ** turn) % pieces.length])
      .join('');
    const name = nameOf(title);
    expect(Buffer.byteLength(name), name).toBeLessThanOrEqual(160);
    expect(name).toBe(name.normalize('NFC'));
    expect(name).toMatch(/^vigie-[\p{L}\p{N}\p{M}-]+-\d{4}-\d\d-\d\d-\d{4}\.pdf$/u);
    expect(name.isWellFormed()).toBe(true);
  }
});
