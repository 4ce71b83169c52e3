import { expect, test } from 'vitest';
import { ruleDefinition } from '#shared/model/rule.ts';
import { newId } from '#shared/ids.ts';
import { compileRule } from './compile-rule.ts';

const problemsOf = (conditions: unknown[]) => {
  const definition = ruleDefinition.parse({ name: 'x', blocks: [[{ kind: 'words', terms: ['a'] }], conditions] });
  try {
    compileRule(definition, []);
    return [];
  } catch (error) {
    const { problems } = (error as { data: { problems: { where: string; problem: string }[] } }).data;
    return problems.map(({ where, problem }) => [where, problem]);
  }
};

test.each([
  ['?!', 'no-word'],
  ['*', 'star'],
  ['te*st', 'star'],
  ['*fin', 'star'],
  ['a*', 'star'],
  ['a**', 'star'],
  ['un deux trois quatre cinq six sept huit neuf dix onze', 'term-long'],
])('%s cannot be looked for', (term, problem) =>
  expect(problemsOf([{ kind: 'words', terms: ['bon', term] }])).toEqual([['when[1][0]', problem]]),
);

test.each([
  ['(a', 'regex'],
  ['(?=a)b', 'regex'],
  ['(a)\\1', 'regex'],
  ['(x{1000}){1000}', 'regex'],
  ['(x{32}){31}', 'regex-large'],
])('the expression %s is refused', (pattern, problem) => {
  const fine = { kind: 'regex', pattern: 'a' };
  expect(problemsOf([fine, { kind: 'regex', pattern }])).toEqual([['when[1][1]', problem]]);
});

test('a bank that is not there is named', () => {
  expect(problemsOf([{ kind: 'bank', bankId: newId(0) }])).toEqual([['when[1][0]', 'unknown-bank']]);
});

test('every wrong term is told, twenty at most', () => {
  expect(problemsOf([{ kind: 'words', terms: Array.from({ length: 30 }, () => '*') }])).toHaveLength(20);
});
