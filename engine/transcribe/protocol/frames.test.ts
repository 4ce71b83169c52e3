import { expect, test } from 'vitest';

import { createFrameDecoder, encodeFrame, type Frame, FrameError, maxHeaderBytes, maxPayloadBytes } from './frames.ts';

const sound = new Uint8Array([1, 2, 3, 255]);
const hello = { type: 'hello', text: 'é 🙂' };

test('frames come back whole however the bytes are cut', () => {
  const bytes = new Uint8Array([...encodeFrame(hello), ...encodeFrame({ type: 'b' }, sound), ...encodeFrame({ c: 1 })]);
  for (const step of [1, 2, 3, 7, 12, 13, bytes.length]) {
    const decoder = createFrameDecoder();
    const frames: Frame[] = [];
    for (let at = 0; at < bytes.length; at += step) frames.push(...decoder.push(bytes.subarray(at, at + step)));
    expect(frames.map((frame) => frame.header)).toEqual([hello, { type: 'b' }, { c: 1 }]);
    expect(frames[1]?.payload).toEqual(sound);
    expect(decoder.pendingBytes()).toBe(0);
  }
});

function prefix(start: string, headerBytes: number, payloadBytes: number, rest = ''): Uint8Array {
  const bytes = new Uint8Array(12 + rest.length);
  bytes.set(new TextEncoder().encode(start));
  new DataView(bytes.buffer).setUint32(4, headerBytes, true);
  new DataView(bytes.buffer).setUint32(8, payloadBytes, true);
  bytes.set(new TextEncoder().encode(rest), 12);
  return bytes;
}

test.each([
  ['text instead of frames', new TextEncoder().encode('hello'), 'magic'],
  ['another version of the frame', prefix('VGS2', 2, 0, '{}'), 'magic'],
  ['empty header', prefix('VGS1', 0, 0), 'header-size'],
  ['header over the bound', prefix('VGS1', maxHeaderBytes + 1, 0), 'header-size'],
  ['header of 4 GB', prefix('VGS1', 0xffffffff, 0), 'header-size'],
  ['payload over the bound', prefix('VGS1', 2, maxPayloadBytes + 1), 'payload-size'],
  ['header that is not JSON', prefix('VGS1', 2, 0, '{]'), 'json'],
  ['header that is a list', prefix('VGS1', 2, 0, '[]'), 'json'],
  ['header that is not UTF-8', Uint8Array.from([...prefix('VGS1', 4, 0), 0x22, 0xff, 0xfe, 0x22]), 'json'],
] as const)('%s is refused by name, and stays refused', (_name, bytes, reason) => {
  const decoder = createFrameDecoder();
  const refused = expect.objectContaining({ name: 'FrameError', reason });
  expect(() => decoder.push(bytes)).toThrow(refused);
  expect(() => decoder.push(encodeFrame(hello))).toThrow(refused);
  expect(decoder.pendingBytes()).toBe(0);
});

test('what would be over the bounds is not encoded', () => {
  expect(() => encodeFrame({ a: 'x'.repeat(maxHeaderBytes) })).toThrow(RangeError);
  expect(() => encodeFrame({}, new Uint8Array(maxPayloadBytes + 1))).toThrow(RangeError);
});

test('hostile bytes give frames or FrameError, nothing else, and hold a bounded amount', () => {
  const random = seeded(20260101);
  const valid = encodeFrame({ type: 'x' }, sound);
  for (let round = 0; round < 20_000; round++) {
    const decoder = createFrameDecoder();
    const bytes = Uint8Array.from(valid);
    for (let i = 0; i <= random(4); i++) bytes[random(bytes.length)] = random(256);
    try {
      for (const frame of decoder.push(bytes.subarray(0, random(bytes.length + 1)))) {
        expect(typeof frame.header).toBe('object');
      }
    } catch (error) {
      expect(error).toBeInstanceOf(FrameError);
    }
    expect(decoder.pendingBytes()).toBeLessThanOrEqual(valid.length);
  }
});

/** Linear congruential generator (Numerical Recipes): the same bytes on every machine. */
function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
