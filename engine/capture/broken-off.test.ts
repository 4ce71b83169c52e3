import { expect, test } from 'vitest';
import { brokenOff } from './broken-off.ts';

const whole: Parameters<typeof brokenOff>[0] = {
  heardMs: 24_000,
  sourceMs: 24_000,
  complained: false,
  pictures: false,
};

test.each<[string, Partial<typeof whole>, ReturnType<typeof brokenOff>]>([
  ['whole', {}, { damaged: false, missingMs: 0 }],
  ['no length stated', { sourceMs: null }, { damaged: false, missingMs: 0 }],
  ['longer than stated', { heardMs: 26_000 }, { damaged: false, missingMs: 0 }],
  ['an estimate that is a little off', { heardMs: 22_000 }, { damaged: false, missingMs: 0 }],
  ['ends well before', { heardMs: 21_999 }, { damaged: true, missingMs: 2_001 }],
  ['a long one ends a share before', { heardMs: 3_564_000, sourceMs: 3_600_000 }, { damaged: false, missingMs: 0 }],
  [
    'a long one ends more than that before',
    { heardMs: 3_563_999, sourceMs: 3_600_000 },
    { damaged: true, missingMs: 36_001 },
  ],
  ['pictures go on', { heardMs: 12_000, pictures: true }, { damaged: false, missingMs: 0 }],
  ['complaints, all there', { heardMs: 23_500, complained: true }, { damaged: true, missingMs: 0 }],
  ['complaints and a rest', { heardMs: 23_499, complained: true }, { damaged: true, missingMs: 501 }],
  [
    'complaints and a rest beside pictures',
    { heardMs: 12_000, complained: true, pictures: true },
    { damaged: true, missingMs: 12_000 },
  ],
  ['complaints without a length', { sourceMs: null, complained: true }, { damaged: true, missingMs: 0 }],
])('%s', (_, change, expected) => {
  expect(brokenOff({ ...whole, ...change })).toEqual(expected);
});
