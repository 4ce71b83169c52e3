import { expect, test } from 'vitest';
import { readBoxHeader, shiftChunkOffsets } from './mp4.ts';

const box = (type: string, ...content: Uint8Array[]): Uint8Array => {
  const body = Buffer.concat(content);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(body.length + 8);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, body]);
};
const table = (type: 'stco' | 'co64', offsets: number[], count = offsets.length): Uint8Array => {
  const body = Buffer.alloc(8);
  body.writeUInt32BE(count, 4);
  const entries = offsets.map((offset) => {
    const entry = Buffer.alloc(type === 'co64' ? 8 : 4);
    if (type === 'co64') entry.writeBigUInt64BE(BigInt(offset));
    else entry.writeUInt32BE(offset);
    return entry;
  });
  return box(type, body, ...entries);
};
const moov = (...tables: Uint8Array[]) =>
  box(
    'moov',
    box('mvhd', Buffer.alloc(100)),
    ...tables.map((each) => box('trak', box('mdia', box('minf', box('stbl', each))))),
  );

test('offsets of media that moves back follow, others stay', () => {
  const before = moov(table('stco', [10, 48, 999, 1000, 5000]), table('co64', [48, 2 ** 40]));
  const after = shiftChunkOffsets(before, { from: 48, to: 1000, shift: 300 });
  expect(Buffer.from(after ?? [])).toEqual(
    moov(table('stco', [10, 348, 1299, 1000, 5000]), table('co64', [348, 2 ** 40])),
  );
});

test.each([
  ['an offset that no longer fits', moov(table('stco', [0xffff_ff00]))],
  ['a table that claims more than it has', moov(table('stco', [48], 1_000_000))],
  ['a table cut short', moov(box('stco', Buffer.alloc(4)))],
])('%s is refused', (_, bytes) => {
  expect(shiftChunkOffsets(bytes, { from: 0, to: 2 ** 33, shift: 300 })).toBeNull();
});

test.each([
  ['ordinary', [0, 0, 0, 16, ...Buffer.from('ftyp')], { type: 'ftyp', start: 0, body: 8, end: 16 }],
  ['to the end', [0, 0, 0, 0, ...Buffer.from('mdat')], { type: 'mdat', start: 0, body: 8, end: 100 }],
  [
    '64 bit',
    [0, 0, 0, 1, ...Buffer.from('mdat'), 0, 0, 0, 0, 0, 0, 0, 90],
    { type: 'mdat', start: 0, body: 16, end: 90 },
  ],
  ['larger than the file', [0, 0, 1, 0, ...Buffer.from('mdat')], null],
  ['smaller than its header', [0, 0, 0, 4, ...Buffer.from('mdat')], null],
  ['huge', [0, 0, 0, 1, ...Buffer.from('mdat'), 255, 255, 255, 255, 255, 255, 255, 255], null],
  ['no box', [0, 0, 0, 16, 1, 2, 3, 4], null],
  ['too short', [0, 0], null],
])('a header: %s', (_, bytes, expected) => expect(readBoxHeader(Uint8Array.from(bytes), 0, 100)).toEqual(expected));
