import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { systemSpawn } from '../process/spawn.ts';
import { fixtureDocument } from './fixtures/document.ts';
import { openPdfRenderer } from './pdf-renderer.ts';

const resourcesDir = path.join(import.meta.dirname, '../../resources');
const pdf = openPdfRenderer({
  spawn: systemSpawn,
  node: { path: process.execPath, args: [] },
  resourcesDir,
  clock: systemClock,
  log: silentLog,
});
afterAll(() => pdf.close());

const folder = mkdtempSync(path.join(tmpdir(), 'vigie-pdf-'));
const poppler = ((): boolean => {
  try {
    execFileSync('pdfinfo', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    // Said aloud: without it the pages are made but not read back.
    console.warn('poppler-utils is missing (pdfinfo, pdftotext): the content of the PDF is not checked');
    return false;
  }
})();

type Printed = { bytes: Buffer; text: string; info: string };

async function printed(name: string, document: Parameters<typeof pdf.render>[0]): Promise<Printed> {
  const bytes = Buffer.from(await pdf.render(document));
  const file = path.join(folder, `${name}.pdf`);
  writeFileSync(file, bytes);
  const run = (tool: string, ...args: string[]) =>
    poppler ? execFileSync(tool, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }) : '';
  return { bytes, text: run('pdftotext', '-layout', file, '-'), info: run('pdfinfo', file) };
}

/** Everything in the file that a viewer could act on lies in plain object dictionaries: streams are left out. */
const dictionaries = (bytes: Buffer) => bytes.toString('latin1').replace(/stream\r?\n[\s\S]*?endstream/g, '');
const active = /\/(JavaScript|JS|OpenAction|AA|Launch|EmbeddedFile|RichMedia|URI|SubmitForm|GoToR|ObjStm)\b/;

test('is a tagged PDF/A, made by nobody in particular, at the document’s own date', async () => {
  const { bytes, info } = await printed('plain', fixtureDocument());
  const raw = bytes.toString('latin1');
  expect(raw).toContain('<pdfaid:part>2</pdfaid:part>');
  expect(raw).toContain('<pdfaid:conformance>A</pdfaid:conformance>');
  expect(dictionaries(bytes)).toContain('/StructTreeRoot');
  expect(dictionaries(bytes)).not.toMatch(active);
  for (const trace of [process.cwd(), path.dirname(resourcesDir), tmpdir(), '/home', '/Author'])
    expect(raw).not.toContain(trace);
  if (!poppler) return;
  expect(info).toMatch(/Tagged: +yes/);
  expect(info).toMatch(/Title: +Transcription d’un live – @cuisine\.de\.lea — La tarte du samedi/);
  expect(info).toMatch(/CreationDate: +Sun Nov 22 \d\d:03:05 2026/);
  expect(info).not.toMatch(/Author/);
});

describe.skipIf(!poppler)('the pages', () => {
  let french: Printed;
  beforeAll(async () => {
    french = await printed('french', fixtureDocument());
  });

  test.each([
    'Transcription d’un live',
    '21 novembre 2026 à 14:03:05 (Europe/Paris)',
    'Europe/Paris, UTC+01:00',
    'ggml-vigie-micro · whisper.cpp 1.9.1, CPU',
    `sha256:${'3fa9'.repeat(16)}`,
    `empreinte ${'e5'.repeat(32)}`,
    'score d’au moins 0,70',
    'page 1 / 4',
    'page 4 / 4',
    'Ignorée, par Claire Aubert, le 21 novembre 2026',
    'Annulée par Claire Aubert le 21 novembre 2026',
    'Déclaration – Signalé à la plateforme par le formulaire, dossier 4821.',
    'Interruption de 8,0 s : réseau',
    'Ces gens sont des rats',
    '1,00 élevé',
    'cible : ethnie (ces gens)',
    '« sont des rats »',
    'Sous-titres réalisés par la communauté',
    'générique inventé',
    'échec de transcription',
    '👍🏽',
  ])('say « %s »', (words) => {
    // The page's own no-break spaces are spaces to a reader.
    const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ').replace(/\s+/g, ' ');
    expect(plain(french.text)).toContain(plain(words));
  });

  test('draw Arabic with its own face, from the right', () => {
    const file = path.join(folder, 'french.pdf');
    expect(execFileSync('pdffonts', [file], { encoding: 'utf8' })).toContain('NotoNaskhArabic');
    // The face draws a letter and its dots apart, and pdftotext then says dotted letters twice: places tell, not words.
    const boxes = execFileSync('pdftotext', ['-bbox', file, '-'], { encoding: 'utf8' });
    const rights = [...boxes.matchAll(/xMax="([\d.]+)"[^>]*>([^<]*)</g)].flatMap(([, right, word]) =>
      /\p{Script=Arabic}/u.test(word!) ? [Number(right)] : [],
    );
    // The text column ends 17 mm of margin, 47 mm of risk and 4 mm of inset before the edge of an A4 page.
    expect(Math.max(...rights)).toBeGreaterThan(595.28 - (68 / 25.4) * 72 - 2);
  });

  test('keep long words inside the margins', () => {
    const file = path.join(folder, 'french.pdf');
    const boxes = execFileSync('pdftotext', ['-bbox', file, '-'], { encoding: 'utf8' });
    const rights = [...boxes.matchAll(/xMax="([\d.]+)"/g)].map((match) => Number(match[1]));
    // A4 is 595.28 pt wide with margins of 17 mm.
    expect(Math.max(...rights)).toBeLessThan(595.28 - (17 / 25.4) * 72 + 1);
  });

  test('speak English too', async () => {
    const { text } = await printed('english', fixtureDocument({ locale: 'en', sourceKind: 'file', account: null }));
    for (const words of [
      'Transcript of a live stream',
      '21 November 2026',
      '1.00 high',
      'Undone by Claire Aubert',
      'page 1 / ',
    ]) {
      expect(text.replaceAll('\u00a0', ' ')).toContain(words);
    }
  });

  test('exist for an empty live', async () => {
    const { text } = await printed('empty', fixtureDocument({ segments: 0 }));
    expect(text).toContain('Aucun segment.');
    expect(text).toContain('Aucune alerte n’a été levée.');
  });

  test('show hostile text as text, whatever a machine’s fonts lack', async () => {
    const texts = [
      '#set page(width: 1pt) #panic() $x$ `raw` *gras* \\ <label> @ref // c',
      '/JavaScript /OpenAction /Launch endstream endobj',
      'inversé \u202egnorw\u202c \u0007 \ud800 \u0000 fin\ufeff',
      '\ue000 \ufffe \u{10fffe} \u{e0041}',
      // Unassigned: no machine has a drawing for it.
      'sans dessin \u{3ffd0} ni \u0378',
      'W'.repeat(400),
      'مرحبا'.repeat(60),
      'x\u0301\u0302\u0303'.repeat(60),
    ];
    const document = fixtureDocument({
      segments: texts.length,
      texts,
      words: false,
      title: `${'T'.repeat(300)} #panic()`,
      by: '#include "x"',
    });
    const { bytes, text } = await printed('hostile', document);
    expect(bytes.toString('latin1')).toContain('<pdfaid:part>2</pdfaid:part>');
    expect(dictionaries(bytes)).not.toMatch(active);
    for (const words of [
      '#set page(width: 1pt) #panic()',
      'inversé [U+202E]gnorw[U+202C] [U+0007] [U+D800] [U+0000] fin',
      '[U+E000] [U+FFFE] [U+10FFFE] [U+E0041]',
      '[U+0378]',
      '#include',
    ]) {
      expect(text.replace(/\s+/g, ' ')).toContain(words);
    }
  });
});
