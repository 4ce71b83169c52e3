import { expect, test } from 'vitest';
import { createProgressLine, fitted } from './progress-line.ts';

test.each([
  ['nothing new', 'entendu 3 s', '', 20, 'entendu 3 s'],
  ['what fits', 'entendu', 'bonjour à', 20, 'entendu  bonjour à'],
  ['the newest words', 'entendu', 'bonjour à tous et bienvenue', 20, 'entendu  … bienvenue'],
  ['no room for more', 'entendu 3 s, écrit 2 s', 'bonjour', 10, 'entendu 3 '],
])('%s', (_name, text, newest, columns, line) => {
  expect(fitted(text, newest, columns)).toBe(line);
});

test('the line is rewritten in place, steps aside for others, and is not written where there is no terminal', () => {
  const written: string[] = [];
  const sink = (isTTY: boolean) => ({ isTTY, columns: 21, write: (text: string) => void written.push(text) });
  const line = createProgressLine(sink(true));
  line.show('entendu', 'bonjour');
  line.show('entendu', 'bonjour');
  line.show('entendu', 'bonjour à tous');
  line.around(() => written.push('#1\n'));
  line.show(null);
  const erase = '\r\u001b[K';
  const dim = (text: string) => `\u001b[2m${text}\u001b[0m`;
  const [first, second] = [dim('entendu  bonjour'), dim('entendu  …our à tous')];
  expect(written).toEqual([first, erase, second, erase, '#1\n', second, erase]);
  written.length = 0;
  createProgressLine(sink(false)).show('entendu');
  expect(written).toEqual([]);
});
