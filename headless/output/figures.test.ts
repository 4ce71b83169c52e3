import { describe, expect, it } from 'vitest';
import { clockTime, percentText, scoreOf, scoreText, sizeText } from './figures.ts';

describe('figures', () => {
  it.each([
    [0, '00:00.0'],
    [70_980, '01:10.9'],
    [59_999, '00:59.9'],
    [3_723_400, '1:02:03.4'],
  ])('%i ms on the timeline is %s', (ms, text) => expect(clockTime(ms)).toBe(text));

  it.each([
    [7000, '0.70'],
    [6000, '0.60'],
    [10_000, '1.00'],
    [0, '0.00'],
  ])('%i basis points are written %s', (bp, text) => expect(scoreText(scoreOf(bp))).toBe(text));

  it('writes sizes and shares in the language of the reader', () => {
    expect(sizeText(999, 'en')).toBe('999 bytes');
    expect(sizeText(12_345, 'en')).toBe('12.3 kB');
    expect(sizeText(12_345, 'fr').replace(/\s/g, ' ')).toBe('12,3 ko');
    expect(percentText(0.0067, 'en')).toBe('0.7%');
  });
});
