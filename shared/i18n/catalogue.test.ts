import { expect, test } from 'vitest';
import { errorCodes } from '../errors.ts';
import { presenceReasons, resolverStep, resolverSteps, watchStates } from '../model/watch.ts';
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

test('every state, reason and step of a watch has its words in both languages', () => {
  const words = [
    ...watchStates.map((state) => `watchState.${state}`),
    ...presenceReasons.map((reason) => `watchReason.${reason}`),
    ...resolverSteps.map((step) => `resolverStep.${step}`),
    ...resolverStep.shape.outcome.options.map((outcome) => `stepOutcome.${outcome}`),
  ];
  expect(keys(fr)).toEqual(expect.arrayContaining(words));
});

test('French high punctuation is preceded by a narrow no-break space', () => {
  for (const text of texts(fr)) {
    const outsideValues = text.replace(/\{\{.*?\}\}/g, 'x');
    expect(outsideValues, text).not.toMatch(/[^\u202f:][;:!?](?!\/\/)(\s|$)/);
    expect(outsideValues, text).not.toMatch(/« | »/);
  }
});

test('a refusal of a platform says why in the words of the reader', () => {
  const said = createTranslator('fr').t('error.not-live', { account: 'lea', reason: 'private-account' });
  expect(said).toBe('lea ne peut pas être écouté en ce moment. Le compte est privé.');
  expect(
    createTranslator('en', { fr: {}, en: {} }).t('error.platform-blocked', { platform: 'TikTok', reason: 'refused' }),
  ).toBe(
    'TikTok refuses to answer for now. The platform refuses to answer this address. Vigie waits and does not insist.',
  );
});

test('values are put in as they are', () => {
  const { t } = createTranslator('fr');
  expect(t('error.source-not-found', { source: '<a>.wav' })).toContain('<a>.wav');
});
