import { describe, expect, it } from 'vitest';
import { neutralise, neutraliseValues } from './neutralise.ts';

describe('neutralise', () => {
  it.each([
    ['a colour sequence', '\u001b[31mrouge\u001b[0m', '\ufffd[31mrouge\ufffd[0m'],
    ['a window title', '\u001b]0;pwned\u0007', '\ufffd]0;pwned\ufffd'],
    ['the one-byte sequence introducer', 'a\u009b2Jb', 'a\ufffd2Jb'],
    ['a carriage return that would overwrite the line', 'vrai\rfaux', 'vrai faux'],
    ['line breaks', 'a\r\nb\u2028c', 'a  b c'],
    ['a bidirectional override', 'a\u202egnp.exe', 'a\ufffdgnp.exe'],
    ['half a surrogate pair', 'a\ud83d b', 'a\ufffd b'],
    ['emoji, accents and Arabic, untouched', 'été 👩‍👩‍👧 مرحبا', 'été 👩‍👩‍👧 مرحبا'],
  ])('%s', (_what, text, safe) => {
    expect(neutralise(text)).toBe(safe);
  });

  it('makes the values of a sentence safe and joins lists', () => {
    expect(neutraliseValues({ a: 'x\u001b', b: 3, c: ['m1', 'm2'], d: [] })).toEqual({
      a: 'x\ufffd',
      b: 3,
      c: 'm1, m2',
      d: '—',
    });
  });
});
