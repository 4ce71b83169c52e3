import { expect, test } from 'vitest';
import { readCases } from './read-cases.ts';

const header = 'case_id,functionality,test_case,label_gold,target_ident,templ_id';

test('cases of HateCheck are read, with quotes, line ends and a byte order mark', () => {
  const csv = `\uFEFF${header}\r\n1,derog,"Un, ""deux""\r\ntrois",hateful,women,7\r\n\r\n2,neutre,Bonjour,Non-Hateful,,8\r\n`;
  expect(readCases(csv)).toEqual([
    { line: 2, caseId: '1', functionality: 'derog', template: '7', text: 'Un, "deux"\ntrois', hateful: true },
    { line: 5, caseId: '2', functionality: 'neutre', template: '8', text: 'Bonjour', hateful: false },
  ]);
});

test('two columns are enough, in any order, separated as a French spreadsheet does', () => {
  expect(readCases('label_gold;test_case\nnon-hateful;Bonjour, vous\n')).toMatchObject([
    { text: 'Bonjour, vous', hateful: false, caseId: '', functionality: '' },
  ]);
});

test.each([
  ['nothing', '', { problem: 'none', line: null }],
  ['a header alone', `${header}\n`, { problem: 'none', line: null }],
  ['other columns', 'text,label\nBonjour,0\n', { problem: 'columns', line: 1, detail: 'test_case, label_gold' }],
  [
    'an unknown label',
    'test_case,label_gold\nBonjour,hateful\nSalut,maybe\n',
    { problem: 'label', line: 3, detail: 'maybe' },
  ],
  ['an empty case', 'test_case,label_gold\n ,hateful\n', { problem: 'text', line: 2 }],
  ['a row that is too long', 'test_case,label_gold\nBonjour,hateful\na,b,c\n', { problem: 'not-csv', line: 3 }],
  ['an open quote', 'test_case,label_gold\n"Bonjour,hateful\n', { problem: 'not-csv' }],
])('%s is refused with its line', (_, csv, data) => {
  expect(() => readCases(csv)).toThrow(
    expect.objectContaining({ code: 'cases-unusable', data: expect.objectContaining(data) }),
  );
});
