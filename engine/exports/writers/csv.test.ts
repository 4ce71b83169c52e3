import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { fixtureDocument } from '../fixtures/document.ts';
import { guardCell, restoreCell } from './csv-cell.ts';
import { csvColumns, write } from './csv.ts';

const triggers = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫', '−'];
const before = [
  '',
  ' ',
  '  ',
  '\u00a0',
  '\u202f',
  '\u3000',
  '\ufeff',
  '\u200b',
  '\u200d',
  '\u2060',
  '\u00ad',
  '\u3164',
  '\ufe0f',
  "'",
  "''",
  '"',
  "'\u200b",
  ' \ufeff',
];
const after = ['', "cmd|'/C calc'!A0", '\r\n', ',"=1"'];
const inside = ['', 'a,', 'oui ; ', 'a|', 'a\t', ';\'"', '\r\n'];

/** 5,000 cells and more: a prefix, what precedes a trigger, the trigger, what follows. */
const hostile = inside.flatMap((start) =>
  before.flatMap((blank) => triggers.flatMap((trigger) => after.map((end) => start + blank + trigger + end))),
);
const startsAsFormula = /^[\s\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}"]*[=+\-@\t\r\n\0＝＋－＠﹦﹢﹣﹫−]/u;

function csvOf(texts: string[]): string {
  return write(fixtureDocument({ segments: texts.length, texts, gaps: false, words: false }));
}

test('the corpus is at least as large as bar P1 asks', () => {
  expect(new Set(hostile).size).toBeGreaterThan(5000);
});

test('no cell starts as a formula, and the reverse rule restores every text', () => {
  const records = parse(csvOf(hostile), { bom: true, columns: true, relax_quotes: false }) as Record<string, string>[];
  expect(records).toHaveLength(hostile.length);
  records.forEach((record, index) => {
    expect(restoreCell(record.text!)).toBe(hostile[index]);
    for (const cell of Object.values(record)) expect(startsAsFormula.test(cell), JSON.stringify(cell)).toBe(false);
  });
});

test('a spreadsheet that cuts at another separator, whatever the quoting, finds no formula either', () => {
  // The first field of a line is properly quoted; the rest is cut bluntly, as a program of another locale does.
  for (const separator of [';', '\t', '|']) {
    for (const line of csvOf(hostile).split(/\r\n|\r|\n/)) {
      for (const cell of line.split(separator).slice(1))
        expect(startsAsFormula.test(cell), JSON.stringify(cell)).toBe(false);
    }
  }
});

test('ordinary text is left alone', () => {
  for (const text of [
    '',
    'bonjour',
    "c'est l'heure",
    '« oui »',
    'oui ; non',
    'a=b',
    '10 - 3',
    "'tis",
    '🙂',
    'a, -3 degrés',
  ]) {
    expect(guardCell(text)).toBe(text);
  }
});

test('guarding twice is undone by restoring twice', () => {
  for (const text of hostile.slice(0, 500)) expect(restoreCell(restoreCell(guardCell(guardCell(text))))).toBe(text);
});

test('one row per segment and per gap, in time order, with stable columns', () => {
  const document = fixtureDocument({ segments: 20 });
  const csv = write(document);
  expect(csv.startsWith('\ufeff"kind","liveId","number"')).toBe(true);
  const rows = parse(csv, { bom: true, columns: true }) as Record<string, string>[];
  expect(Object.keys(rows[0]!)).toEqual([...csvColumns]);
  expect(rows.filter((row) => row.kind === 'segment')).toHaveLength(20);
  expect(rows.filter((row) => row.kind === 'gap').map((row) => row.gapCause)).toEqual(['network', 'crash']);
  const starts = rows.map((row) => Number(row.startMs));
  expect(starts).toEqual(starts.toSorted((a, b) => a - b));

  const hateful = rows.find((row) => row.number === '6')!;
  expect(hateful).toMatchObject({
    score: '1.00',
    band: 'eleve',
    category: 'haineux',
    hate: 'true',
    target: 'ethnie',
    quotes: 'sont des rats',
    alertStatus: 'action_taken',
    decision: 'action',
    decidedBy: 'Claire Aubert',
    undoneDecisions: '1',
  });
  expect(hateful.decidedAt).toMatch(/^2026-11-21T13:\d\d:\d\d\.\d{3}Z$/);
});
