import { expect, test } from 'vitest';
import { errorCodes } from '../errors.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';
import { createTranslator } from './index.ts';

function keys(tree: object, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${prefix}${key}`] : keys(value as object, `${prefix}${key}.`),
  );
}

function texts(tree: object): string[] {
  return Object.values(tree).flatMap((value) => (typeof value === 'string' ? [value] : texts(value as object)));
}

test('French and English say the same things', () => {
  expect(keys(fr).sort()).toEqual(keys(en).sort());
});

test('every error code has its sentence in both languages', () => {
  for (const code of errorCodes) expect(keys(fr), code).toContain(`error.${code}`);
});

test('French high punctuation is preceded by a narrow no-break space', () => {
  for (const text of texts(fr)) {
    const outsideValues = text.replace(/\{\{.*?\}\}/g, 'x');
    expect(outsideValues, text).not.toMatch(/[^\u202f:][;:!?](?!\/\/)(\s|$)/);
    expect(outsideValues, text).not.toMatch(/« | »/);
  }
});

test('values are put in as they are', () => {
  const { t } = createTranslator('fr');
  expect(t('error.source-not-found', { source: '<a>.wav' })).toContain('<a>.wav');
});
