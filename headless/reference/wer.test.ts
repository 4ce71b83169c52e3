import { describe, expect, it } from 'vitest';
import { wordErrors } from './wer.ts';

describe('word error rate', () => {
  it.each([
    ['nothing to say', '', '', 0, 0, 0, 0],
    ['case and punctuation', 'Bonjour à tous !', 'bonjour, à tous.', 0, 0, 0, 0],
    ['typographic apostrophes', 'aujourd’hui c’est', "aujourd'hui c'est", 0, 0, 0, 0],
    ['accents count', 'été', 'ete', 1, 1, 0, 0],
    ['composed and decomposed accents are the same', 'e\u0301te\u0301', 'été', 0, 0, 0, 0],
    ['one word replaced', 'les pommes sont cuites', 'les pommes sont crues', 0.25, 1, 0, 0],
    ['one word lost', 'a b c d', 'a b d', 0.25, 0, 1, 0],
    ['one word invented', 'a b c d', 'a b x c d', 0.25, 0, 0, 1],
    ['all lost', 'a b c', '', 1, 0, 3, 0],
    ['all invented', '', 'a b', 2, 0, 0, 2],
    ['more invented than said', 'a', 'x y z', 3, 1, 0, 2],
    ['the shorter way', 'kitten sat down', 'sat down now', 2 / 3, 0, 1, 1],
  ])('%s', (_what, reference, hypothesis, wer, substitutions, deletions, insertions) => {
    expect(wordErrors(reference, hypothesis)).toMatchObject({ wer, substitutions, deletions, insertions });
  });
});
