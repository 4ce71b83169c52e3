import { expect, test } from 'vitest';
import { tokenIn } from './session.ts';

test.each([
  ['#token=abc-_1', 'abc-_1'],
  ['#/token=abc', 'abc'],
  ['', null],
  ['#/review', null],
  ['#token=', null],
])('token in %s', (fragment, token) => {
  expect(tokenIn(fragment)).toBe(token);
});
