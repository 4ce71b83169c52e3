import { expect, test } from 'vitest';
import { createDelivered, type Unheard } from './delivered.ts';

const length = 2_000;
type Row = [name: string, heardAtDelivery: number[], heardMs: number, unheard: Unheard | null];
const rows: Row[] = [
  ['all of it', [0, 2_000, 4_000], 6_000, null],
  ['all but a packet', [0, 2_000, 4_000], 5_900, null],
  ['lists that round down', [0, 2_100, 4_200], 6_300, null],
  ['the end of the last one is missing', [0, 2_000, 4_000], 5_200, { sequence: 12, againMs: 1_200, missedMs: 0 }],
  ['the whole last one', [0, 2_000, 4_000], 4_000, { sequence: 12, againMs: 0, missedMs: 700 }],
  ['a decoder that stopped two segments ago', [0, 2_000, 2_500], 2_500, { sequence: 11, againMs: 500, missedMs: 0 }],
  ['three at once, half of the first heard', [0, 0, 0], 1_000, { sequence: 10, againMs: 1_000, missedMs: 0 }],
  ['three at once, nothing heard', [0, 0, 0], 0, { sequence: 10, againMs: 0, missedMs: 0 }],
  ['nothing was given', [], 5_000, null],
];
test.each(rows)('%s', (_, heardAtDelivery, heardMs, unheard) => {
  const delivered = createDelivered();
  for (const [i, heard] of heardAtDelivery.entries())
    delivered.add({ sequence: 10 + i, durationMs: length, heardMs: heard, missedMs: i === 2 ? 700 : 0 });
  expect(delivered.settle(heardMs)).toEqual(unheard);
  expect(delivered.settle(heardMs)).toBeNull();
});
