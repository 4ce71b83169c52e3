import { expect, test } from 'vitest';

import { anySound, heardStretches, joinStretches, momentInSound } from './voiced-sound.ts';

const span = (startMs: number, endMs: number) => ({ startMs, endMs });

test.each([
  ['nobody', [], []],
  ['voice throughout', [span(0, 15_000)], [span(0, 15_000)]],
  ['a second of edge stays', [span(1300, 13_700)], [span(0, 15_000)]],
  ['a long edge goes, all but pre-roll and hangover', [span(4000, 6000)], [span(3600, 6400)]],
  ['a pause of under 1.8 s stays', [span(3000, 5000), span(6700, 8000)], [span(2600, 8400)]],
  ['a longer one goes', [span(3000, 5000), span(7000, 8000)], [span(2600, 5400), span(6600, 8400)]],
  [
    'order and overlap do not matter',
    [span(7000, 8000), span(3000, 5000), span(4000, 4500)],
    [span(2600, 5400), span(6600, 8400)],
  ],
])('%s', (_name, voiced, heard) => {
  expect(heardStretches(voiced, 15_000)).toEqual(heard);
});

test('every moment of the joined sound leads back to the sample it was taken from', () => {
  const heard = [span(100, 300), span(1000, 1500), span(2000, 2010)];
  // The sample of each millisecond is its number.
  const sound = new Uint8Array(Int16Array.from({ length: 2010 * 16 }, (_, index) => Math.floor(index / 16)).buffer);
  const joined = new Int16Array(joinStretches(sound, heard).slice().buffer);
  expect(joined).toHaveLength((200 + 500 + 10) * 16);
  for (let ms = 0; ms < 710; ms++) expect(momentInSound(heard, ms, 'start')).toBe(joined[ms * 16]);
  expect(momentInSound(heard, 200, 'end')).toBe(300);
  expect(momentInSound(heard, 710, 'end')).toBe(2010);
  expect(momentInSound(heard, 9999, 'end')).toBe(2010);
  expect(momentInSound([], 5, 'start')).toBe(0);
});

test('the last stretch keeps the odd samples at the end', () => {
  expect(joinStretches(new Uint8Array(100), [span(0, 100 / 32)])).toHaveLength(100);
});

test('sound below -66 dB is none', () => {
  const sound = (peak: number) => new Uint8Array(Int16Array.from([0, 3, peak, 0]).buffer);
  expect([0, 15, -15, 16, -16, -32_768].map((peak) => anySound(sound(peak)))).toEqual([
    false,
    false,
    false,
    true,
    true,
    true,
  ]);
});
