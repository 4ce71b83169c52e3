import { VigieError } from '#shared/errors.ts';
import { type Box, readBoxHeader, shiftChunkOffsets } from './mp4.ts';
import { oggDurationMs, oggTailBytes } from './ogg.ts';

/** Bytes that can be read at any place. `read` answers [from, to), shorter only at the end. */
export type RandomAccess = {
  /** Names the source in errors. */
  label: string;
  sizeBytes: number;
  read(from: number, to: number): AsyncIterable<Uint8Array>;
};

type Container = { bytes: AsyncIterable<Uint8Array>; durationMs: number | null };

/** How deep in a file the order of its boxes is looked at; a film has a handful at the top. */
const mostBoxes = 64;
const largestMoov = 256 * 1024 * 1024;
const headBytes = 4096;

/**
 * The bytes in an order that ffmpeg can use without seeking: an MP4 or MOV whose index (`moov`) lies behind its media has it sent first.
 * `durationMs` is the length of the sound where ffmpeg cannot know it from a pipe (Ogg). Rejects with `source-unsupported`.
 */
export async function containerBytes(access: RandomAccess): Promise<Container> {
  const head = await readAll(access, 0, Math.min(headBytes, access.sizeBytes));
  const mark = String.fromCharCode(...head.subarray(0, 4));
  if (mark === 'OggS') {
    const tail = await readAll(access, Math.max(0, access.sizeBytes - oggTailBytes), access.sizeBytes);
    return { bytes: access.read(0, access.sizeBytes), durationMs: oggDurationMs(head, tail) };
  }
  const first = readBoxHeader(head, 0, access.sizeBytes);
  const isMp4 = first !== null && ['ftyp', 'mdat', 'wide', 'free', 'skip', 'pnot'].includes(first.type);
  return { bytes: isMp4 ? await indexFirst(access) : access.read(0, access.sizeBytes), durationMs: null };
}

async function indexFirst(access: RandomAccess): Promise<AsyncIterable<Uint8Array>> {
  const inOrder = () => access.read(0, access.sizeBytes);
  const boxes = await topBoxes(access);
  const media = boxes.find((box) => box.type === 'mdat');
  const index = boxes.find((box) => box.type === 'moov');
  if (!media || !index || index.start < media.start) return inOrder();

  const lengthBytes = index.end - index.start;
  const refused = (detail: string) => new VigieError('source-unsupported', { source: access.label, detail });
  if (lengthBytes > largestMoov) throw refused('index-too-large');
  const moov = await readAll(access, index.start, index.end);
  const patched = shiftChunkOffsets(moov, { from: media.start, to: index.start, shift: lengthBytes });
  if (!patched) throw refused('index-broken');
  return (async function* () {
    yield* access.read(0, media.start);
    yield patched;
    yield* access.read(media.start, index.start);
    yield* access.read(index.end, access.sizeBytes);
  })();
}

async function topBoxes(access: RandomAccess): Promise<Box[]> {
  const boxes: Box[] = [];
  for (let at = 0; at < access.sizeBytes && boxes.length < mostBoxes;) {
    const header = await readAll(access, at, Math.min(at + 16, access.sizeBytes));
    const box = readBoxHeader(header, at, access.sizeBytes, at);
    if (!box) break;
    boxes.push(box);
    at = box.end;
  }
  return boxes;
}

async function readAll(access: RandomAccess, from: number, to: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of access.read(from, to)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Throws `source-unsupported` for an MP4 whose index comes after its media, where the source can only be read from front to back. */
export function refuseLateIndex(label: string, head: Uint8Array, sizeBytes: number): void {
  for (let at = 0; at < head.length;) {
    const box = readBoxHeader(head, at, sizeBytes);
    if (!box || box.type === 'moov') return;
    if (box.type === 'mdat') {
      const detail = 'index-behind-media';
      throw new VigieError('source-unsupported', { source: label, detail });
    }
    at = box.end;
  }
}
