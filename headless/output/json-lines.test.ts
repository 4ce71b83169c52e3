import { expect, it } from 'vitest';
import { jsonLine } from './json-lines.ts';

it('keeps two decimals of a score, and stays a number', () => {
  const line = jsonLine({ type: 'error', code: 'x', message: 'm', score: 0.6, maxScore: null, other: 0.6 });
  expect(line).toBe('{"type":"error","code":"x","message":"m","score":0.60,"maxScore":null,"other":0.6}');
  expect(JSON.parse(line)).toMatchObject({ score: 0.6 });
});

it('stays one line that a terminal cannot act on, and loses nothing', () => {
  const message = 'a\u001b[2J\nb\u009bc\u2028d\u202ee';
  const line = jsonLine({ type: 'error', code: 'x', message });
  expect(line).toMatch(/^[\x20-\x7e]*$/);
  expect((JSON.parse(line) as { message: string }).message).toBe(message);
});
