import { expect, test } from 'vitest';
import { looksPrivate, sourceProblem } from './source-check.ts';

test.each([
  ['', 'empty'],
  ['   ', 'empty'],
  ['-', 'stdin'],
  ['ftp://exemple.fr/live', 'scheme'],
  ['rtmp://exemple.fr/live', 'protocol'],
  ['http://', 'url'],
  ['live.ogg', 'relative'],
  ['/home/lea/live.ogg', null],
  ['C:\\Videos\\live.mp4', null],
  ['https://exemple.fr/live.m3u8', null],
])('%j: %s', (typed, problem) => {
  expect(sourceProblem(typed)).toBe(problem);
});

test.each([
  ['http://localhost:8000/a', true],
  ['http://192.168.1.4/a', true],
  ['http://[::1]/a', true],
  ['https://exemple.fr/a', false],
  ['https://10.example.org', false],
])('%s looks private: %s', (typed, expected) => {
  expect(looksPrivate(typed)).toBe(expected);
});
