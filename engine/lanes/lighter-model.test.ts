import { expect, test } from 'vitest';
import { lighterModel } from './lighter-model.ts';

const model = (path: string, sizeBytes: number, multilingual = true) => ({ path, sizeBytes, multilingual });
const models = [
  model('tiny', 75),
  model('base', 142),
  model('base-q5', 57),
  model('small', 466),
  model('tiny.en', 75, false),
];

test.each([
  ['small', 'base'],
  ['base', 'tiny'],
  ['tiny', null],
  ['tiny.en', null],
  ['base-q5', null],
  ['gone', null],
])('what stands in for %s is %s', (current, lighter) => {
  expect(lighterModel(models, current)).toBe(lighter);
});
