import { expect, it } from 'vitest';
import { colourStyle, plainStyle, styleFor } from './style.ts';

it.each([
  [true, {}, colourStyle],
  [true, { NO_COLOR: '1' }, plainStyle],
  [true, { TERM: 'dumb' }, plainStyle],
  [false, {}, plainStyle],
  [false, { FORCE_COLOR: '1' }, colourStyle],
  [false, { FORCE_COLOR: '1', NO_COLOR: '1' }, plainStyle],
])('a terminal: %s, environment %j', (isTTY, env, style) => {
  expect(styleFor({ isTTY }, env)).toBe(style);
});
