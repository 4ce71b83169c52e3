import { expect, test } from 'vitest';
import { contradicts, lockAfter, unlocked } from './language-lock.ts';

const words = [{ text: 'bonjour', startMs: 0, endMs: 900, words: [], noSpeech: null, meanLogProb: null }] as Parameters<
  typeof lockAfter
>[1]['pieces'];
/** Looked for, and found with this certainty. */
const found = (language: string, languageProbability: number | null = 0.95, pieces = words) => ({
  language,
  languageProbability,
  heardLanguage: null,
  pieces,
});
/** Asked for, and like this language. */
const like = (asked: string, language: string, probability = 0.95) => ({
  language: asked,
  languageProbability: null,
  heardLanguage: { language, probability },
  pieces: words,
});
const after = (...sounds: Parameters<typeof lockAfter>[1][]) => sounds.reduce(lockAfter, unlocked).locked;

test.each([
  ['two agreeing sounds do not lock', [found('fr'), found('fr')], null],
  ['three do', [found('fr'), found('fr'), found('fr')], 'fr'],
  ['another language begins the count anew', [found('fr'), found('fr'), found('en'), found('fr')], null],
  ['an unsure one says nothing', [found('fr'), found('fr'), found('fr', 0.5)], null],
  ['nor does one without words', [found('fr'), found('fr'), found('fr', 0.99, [])], null],
  ['a worker without certainty never locks', [found('fr', null), found('fr', null), found('fr', null)], null],
  ['one quotation moves nothing', [found('fr'), found('fr'), found('fr'), like('fr', 'en'), like('fr', 'fr')], 'fr'],
  [
    'three sounds of another language move it',
    [found('fr'), found('fr'), found('fr'), found('en'), found('en'), found('en')],
    'en',
  ],
])('%s', (_name, sounds, locked) => {
  expect(after(...sounds)).toBe(locked);
});

test('a sound surely like another language contradicts the lock, an unsure one does not', () => {
  const lock = { locked: 'fr', candidate: 'fr', count: 3 };
  expect(contradicts(lock, like('fr', 'en'))).toBe(true);
  expect(contradicts(lock, like('fr', 'en', 0.6))).toBe(false);
  expect(contradicts(lock, like('fr', 'fr'))).toBe(false);
  expect(contradicts(unlocked, found('en'))).toBe(false);
});
