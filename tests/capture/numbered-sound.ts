/**
 * Sound that says which second it is: second n carries the bits of n as tones, beside a pilot that is on from 0.1 to 0.9 of each second.
 * As PCM of an endless FLV (Adobe, "Video File Format Specification", version 10; sound format 3).
 */
const rate = 11_025;
const bits = 16;
const toneHz = (bit: number) => 400 + bit * 200;
const pilotHz = 3_800;
const amplitude = 1_500;
const onMs = [100, 900] as const;

export const flvHeader = Buffer.from([0x46, 0x4c, 0x56, 1, 4, 0, 0, 0, 9, 0, 0, 0, 0]);

/** One second of the sound in ten tags; `stampMs` is what the first claims as its time. */
export type SecondOfFlv = (second: number, stampMs: number) => Buffer;

export const silentSecond: SecondOfFlv = (_, stampMs) => tagsOf(Buffer.alloc(rate * 2), stampMs);

export const numberedSecond: SecondOfFlv = (second, stampMs) => {
  const pcm = Buffer.alloc(rate * 2);
  const tones = Array.from({ length: bits }, (_, bit) => bit).filter((bit) => (second >> bit) & 1);
  const steps = [pilotHz, ...tones.map(toneHz)].map((hz) => (2 * Math.PI * hz) / rate);
  for (let at = Math.ceil((onMs[0] * rate) / 1000); at < (onMs[1] * rate) / 1000; at += 1) {
    let sum = 0;
    for (const step of steps) sum += Math.sin(step * at);
    pcm.writeInt16LE(Math.round(sum * amplitude), at * 2);
  }
  return tagsOf(pcm, stampMs);
};

function tagsOf(pcm: Buffer, stampMs: number): Buffer {
  const tags: Buffer[] = [];
  for (let tenth = 0; tenth < 10; tenth += 1) {
    const body = pcm.subarray(Math.floor((tenth * rate) / 10) * 2, Math.floor(((tenth + 1) * rate) / 10) * 2);
    const stamp = stampMs + tenth * 100;
    const head = Buffer.alloc(12);
    head.writeUInt8(8, 0);
    head.writeUIntBE(body.length + 1, 1, 3);
    head.writeUIntBE(stamp & 0xff_ffff, 4, 3);
    head.writeUInt8((stamp >>> 24) & 0xff, 7);
    // PCM little-endian, 11 kHz, 16 bits, mono.
    head.writeUInt8(0x36, 11);
    const size = Buffer.alloc(4);
    size.writeUInt32BE(body.length + 12, 0);
    tags.push(head, body, size);
  }
  return Buffer.concat(tags);
}

/** Power of one frequency (Goertzel 1958), as an amplitude. */
function strength(pcm: Int16Array, from: number, length: number, hz: number): number {
  const factor = 2 * Math.cos((2 * Math.PI * hz) / 16_000);
  let [last, before] = [0, 0];
  for (let at = from; at < from + length; at += 1) [last, before] = [(pcm[at] ?? 0) + factor * last - before, last];
  return (2 / length) * Math.sqrt(Math.max(0, last * last + before * before - factor * last * before));
}

export type HeardSecond = { second: number; startMs: number; endMs: number };

const frameMs = 20;
const readMs = 100;

/** The seconds in 16 kHz sound, in order: the number that each says, and where its pilot is on. Pieces too short to be read are left out. */
export function readSeconds(pcm: Int16Array, startMs: number): HeardSecond[] {
  const found: HeardSecond[] = [];
  const frame = frameMs * 16;
  let begun: number | null = null;
  for (let at = 0; at <= pcm.length; at += frame) {
    const on = at + frame <= pcm.length && strength(pcm, at, frame, pilotHz) > amplitude / 2;
    if (on) {
      begun ??= at;
      continue;
    }
    if (begun !== null && at - begun >= (readMs + 2 * frameMs) * 16) {
      const middle = begun + Math.floor((at - begun) / 2) - (readMs * 16) / 2;
      let second = 0;
      for (let bit = 0; bit < bits; bit += 1)
        if (strength(pcm, middle, readMs * 16, toneHz(bit)) > amplitude / 2) second |= 1 << bit;
      found.push({ second, startMs: startMs + begun / 16, endMs: startMs + at / 16 });
    }
    begun = null;
  }
  return found;
}
