import { expect, test } from 'vitest';
import { markQuotes } from './quotes.ts';

test.each<[string, { quote: string; at: number }[], string]>([
  ['on va les chasser', [{ quote: 'les chasser', at: 6 }], 'on va [les chasser]'],
  ['non non non', [{ quote: 'non', at: 4 }], 'non [non] non'],
  [
    'abcdef',
    [
      { quote: 'abc', at: 0 },
      { quote: 'cde', at: 2 },
    ],
    '[abcde]f',
  ],
  [
    'abcdef',
    [
      { quote: 'abcd', at: 0 },
      { quote: 'bc', at: 1 },
    ],
    '[abcd]ef',
  ],
  ['corrigé depuis', [{ quote: 'depuis', at: 0 }], 'corrigé [depuis]'],
  ['rien', [{ quote: 'ailleurs', at: 0 }], 'rien'],
  ['<b>gras</b>', [{ quote: '<b>', at: 0 }], '[<b>]gras</b>'],
])('%s', (text, reasons, marked) => {
  const pieces = markQuotes(text, reasons);
  expect(pieces.map((piece) => (piece.quoted ? `[${piece.text}]` : piece.text)).join('')).toBe(marked);
  expect(pieces.map((piece) => piece.text).join('')).toBe(text);
});
