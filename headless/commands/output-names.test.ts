import { expect, it } from 'vitest';
import { outputNames } from './output-names.ts';

it.each([
  [['a.wav'], ['a']],
  [
    ['x/a.wav', 'x/b.mp3'],
    ['a', 'b'],
  ],
  [
    ['a.wav', 'a.mp3'],
    ['a.wav', 'a.mp3'],
  ],
  [
    ['x/a.wav', 'y/a.wav', 'z/A.wav'],
    ['a.wav', 'a.wav-2', 'A.wav-3'],
  ],
])('%j is written as %j: no file over another', (files, names) => {
  expect(outputNames(files)).toEqual(names);
});
