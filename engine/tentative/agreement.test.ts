import { expect, test } from 'vitest';
import { agree, wordsOf } from './agreement.ts';

test.each([
  ['a first hearing is never certain', null, 'bonjour à tous', 0],
  ['what both begin with is', 'bonjour à', 'bonjour à tous', 2],
  ['a full stop or a capital that comes and goes changes nothing', 'Bonjour à tous.', 'bonjour à tous et bienvenue', 3],
  ['from the first difference on all may change', 'dites-moi dans le jeu', 'dites-moi dans le chat si', 3],
  ['another beginning makes everything uncertain', 'merci', 'merde alors', 0],
  ['a shorter hearing keeps what it has', 'bonjour à tous', 'bonjour', 1],
])('%s', (_name, before, now, stableCount) => {
  expect(agree(before === null ? null : wordsOf(before), wordsOf(now))).toEqual({ words: wordsOf(now), stableCount });
});
