import { expect, test } from 'vitest';
import { readEnvelope } from './envelope.ts';

const call = (request: object, rest: object = {}) =>
  JSON.stringify({ i: '1', ...rest, p: { u: '/lives/list', ...request } });
const deep = (depth: number) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as unknown;

test.each([
  ['a call as the client sends it', call({ b: { json: { limit: 3 } } })],
  ['a call without input', call({ b: {} })],
  ['undefined in a list', call({ b: { json: { a: [null] }, meta: [[3, 'a', 0]] } })],
  ['a stream that is taken up again', call({ h: { 'last-event-id': '41' } })],
  ['an input as deep as allowed', call({ b: { json: deep(32) } })],
])('let through: %s', (_, text) => {
  expect(readEnvelope(text)).toEqual({ kind: 'call', id: '1' });
});

test('an abort names its call', () => {
  expect(readEnvelope('{"i":"7","t":4}')).toEqual({ kind: 'abort', id: '7' });
});

test.each([
  ['a path that climbs', call({ u: '/../etc' })],
  ['another host', call({ u: 'http://evil.example/lives/list' })],
  ['a method', call({ m: 'GET' })],
  ['a file', call({ h: { 'content-disposition': 'attachment' } })],
  ['a stream from the client', call({}, { t: 3 })],
  ['a key of the prototype', `{"i":"1","p":{"u":"/lives/list","b":{"json":{"a":{"__proto__":1}}}}}`],
  ['a pattern', call({ b: { json: '/(a+)+$/', meta: [[5]] } })],
  ['an input one step too deep', call({ b: { json: deep(33) } })],
])('refused: %s', (_, text) => {
  expect(readEnvelope(text)).toMatchObject({ kind: 'refused', id: '1' });
});

test.each([
  '',
  '{',
  'null',
  '[]',
  '"1"',
  '{"p":{}}',
  '{"i":1}',
  '{"i":""}',
  `{"i":"${'x'.repeat(65)}"}`,
  '{"i":"a b"}',
])('nobody can be answered: %s', (text) => {
  expect(readEnvelope(text).kind).toBe('unreadable');
});
