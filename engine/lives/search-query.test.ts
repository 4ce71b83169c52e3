import { expect, test } from 'vitest';
import { seededRandom } from '../../tests/support/seeded-random.ts';
import { temporaryStore } from '../testing/temporary-store.ts';
import { marksIn, matchExpression, parseQuery } from './search-query.ts';

test.each([
  ['pommes', '"pommes"*'],
  ['pommes ', '"pommes"'],
  ['couper les pommes', '"couper" "les" "pommes"*'],
  ['"couper les pommes"', '"couper les pommes"'],
  ['« le chat » cuit*', '"le chat" "cuit"*'],
  ['"jamais fermé', '"jamais fermé"'],
  ['l’étranger', '"l" "étranger"*'],
  ['AND OR NOT NEAR(a b) -c col:d ^e', '"AND" "OR" "NOT" "NEAR" "a" "b" "c" "col" "d" "e"*'],
  ['"" * - ( ;--', null],
  ['', null],
])('%s', (typed, expression) => {
  expect(matchExpression(parseQuery(typed))).toBe(expression);
});

test('whatever is typed is a query and never an error', () => {
  const { store } = temporaryStore();
  const find = store.raw.prepare('SELECT rowid FROM segments_fts WHERE segments_fts MATCH ? LIMIT 1');
  const random = seededRandom(51);
  const signs = [
    '"',
    '*',
    '«',
    '»',
    '(',
    ')',
    '-',
    ':',
    '^',
    "'",
    ';',
    ' ',
    'a',
    'é',
    'NEAR',
    'OR',
    '字',
    '\0',
    '{',
    '%',
    '👍',
    'ع',
  ];
  for (let round = 0; round < 5_000; round += 1) {
    const typed = Array.from(
      { length: 1 + Math.floor(random() * 12) },
      () => signs[Math.floor(random() * signs.length)],
    ).join('');
    const expression = matchExpression(parseQuery(typed));
    if (expression !== null) expect(() => find.all(expression), typed).not.toThrow();
  }
});

const marked = (text: string, typed: string) =>
  marksIn(text, parseQuery(typed)).map(({ start, end }) => text.slice(start, end));
test.each([
  ['Il faut couper les POMMES avant la cuisson.', 'pommés ', ['POMMES']],
  ['laissez cuire la tarte', 'cui*', ['cuire']],
  ['les gens, les gens', '"les gens"', ['les', 'gens', 'les', 'gens']],
  ['les autres gens', '"les gens"', []],
  ['notre équipe a gagné', 'equipe gag', ['équipe', 'gagné']],
])('in %j, %j marks %j', (text, typed, words) => {
  expect(marked(text, typed)).toEqual(words);
});
