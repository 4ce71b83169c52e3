import { expect, test } from 'vitest';
import { en } from './en.ts';
import { fr } from './fr.ts';

type Entry = { key: string; text: string };

function entries(tree: object, prefix = ''): Entry[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [{ key: prefix + key, text: value }] : entries(value as object, `${prefix}${key}.`),
  );
}

const values = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

test('French and English have the same words, with the same values in them', () => {
  const shape = (tree: object) =>
    entries(tree).map(({ key, text }) => [key, values(text).filter((v, i, all) => all.indexOf(v) === i)]);
  expect(shape(fr).sort()).toEqual(shape(en).sort());
});

test('nothing is empty or left to translate', () => {
  for (const { key, text } of [...entries(fr), ...entries(en)]) {
    expect(text.trim(), key).not.toBe('');
    expect(text, key).not.toMatch(/TODO|FIXME/);
  }
});

test('French high punctuation is preceded by a narrow no-break space, and apostrophes are typographic', () => {
  for (const { key, text } of entries(fr)) {
    const outsideValues = text.replace(/\{\{.*?\}\}/g, 'x');
    expect(outsideValues, key).not.toMatch(/[^\u202f][;:!?»]/);
    expect(outsideValues, key).not.toMatch(/«[^\u202f]/);
    expect(outsideValues, key).not.toContain("'");
  }
});
