import { expect, test } from 'vitest';
import { compileExpression } from './expression.ts';

/** Each takes a backtracking engine longer than the age of the universe on one of these texts. */
test.each(['(a+)+$', '(a|aa)+$', '(a|a?)+$', '(.*a){20}$', '^(([a-z])+.)+[A-Z]([a-z])+$', '(x+x+)+y'])(
  '%s stays in bounds',
  (pattern) => {
    const find = compileExpression(pattern);
    if (typeof find !== 'function') throw new Error('it does not compile');
    expect(find(`${'a'.repeat(20_000)}!`)).toEqual([]);
    expect(find(`${'x'.repeat(20_000)}!`)).toEqual([]);
  },
);

test('matches are capped', () => {
  const find = compileExpression('a');
  expect(typeof find === 'function' && find('a'.repeat(1000))).toHaveLength(20);
});
