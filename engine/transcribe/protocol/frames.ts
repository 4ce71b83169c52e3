/** Framing of the speech protocol, pure. The reference is README.md beside this file. */

export const magic = 'VGS1';
export const maxHeaderBytes = 1024 * 1024;
/** 30 s of s16le, 16 kHz, mono. */
export const maxPayloadBytes = 30 * 16_000 * 2;
const prefixBytes = 12;

export type Frame = { header: unknown; payload: Uint8Array };

/** What arrived is not this protocol. `reason` names the rule that was broken and quotes nothing. */
export class FrameError extends Error {
  readonly reason: 'magic' | 'header-size' | 'payload-size' | 'json';

  constructor(reason: FrameError['reason']) {
    super(`not a speech frame: ${reason}`);
    this.name = 'FrameError';
    this.reason = reason;
  }
}

/** One frame as bytes. Throws RangeError when it would be over the bounds: that is a defect of the caller. */
export function encodeFrame(header: object, payload: Uint8Array = new Uint8Array(0)): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  if (json.length > maxHeaderBytes) throw new RangeError(`header of ${json.length} bytes`);
  if (payload.length > maxPayloadBytes) throw new RangeError(`payload of ${payload.length} bytes`);
  const bytes = new Uint8Array(prefixBytes + json.length + payload.length);
  bytes.set(new TextEncoder().encode(magic));
  const view = new DataView(bytes.buffer);
  view.setUint32(4, json.length, true);
  view.setUint32(8, payload.length, true);
  bytes.set(json, prefixBytes);
  bytes.set(payload, prefixBytes + json.length);
  return bytes;
}

export type FrameDecoder = {
  /** Takes bytes as they come and returns the frames completed by them. Throws FrameError, also on every later call. */
  push(chunk: Uint8Array): Frame[];
  /** Bytes of an unfinished frame; at the end of a stream anything but 0 is a cut frame. */
  pendingBytes(): number;
};

/** Holds at most one unfinished frame, so never more than the bounds plus one chunk. */
export function createFrameDecoder(): FrameDecoder {
  let chunks: Uint8Array[] = [];
  let held = 0;
  let wanted = prefixBytes;
  let broken: FrameError | null = null;

  const fail = (reason: FrameError['reason']): never => {
    broken = new FrameError(reason);
    chunks = [];
    held = 0;
    throw broken;
  };

  return {
    pendingBytes: () => held,
    push(chunk) {
      if (broken) throw broken;
      chunks.push(chunk);
      held += chunk.length;
      const frames: Frame[] = [];
      // Garbage is named at its first bytes, not when twelve have come.
      if (held > 0 && held < prefixBytes && !startsWithMagic(join(chunks))) fail('magic');
      while (held >= wanted) {
        const bytes = join(chunks);
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        if (!startsWithMagic(bytes)) fail('magic');
        const headerBytes = view.getUint32(4, true);
        const payloadBytes = view.getUint32(8, true);
        if (headerBytes === 0 || headerBytes > maxHeaderBytes) fail('header-size');
        if (payloadBytes > maxPayloadBytes) fail('payload-size');
        const total = prefixBytes + headerBytes + payloadBytes;
        chunks = [bytes];
        if (held < total) {
          wanted = total;
          break;
        }
        const header = readJson(bytes.subarray(prefixBytes, prefixBytes + headerBytes));
        if (header === undefined) fail('json');
        frames.push({ header, payload: bytes.slice(prefixBytes + headerBytes, total) });
        chunks = [bytes.subarray(total)];
        held -= total;
        wanted = prefixBytes;
      }
      return frames;
    },
  };
}

function startsWithMagic(bytes: Uint8Array): boolean {
  for (let i = 0; i < Math.min(bytes.length, magic.length); i++) if (bytes[i] !== magic.charCodeAt(i)) return false;
  return true;
}

function join(chunks: Uint8Array[]): Uint8Array {
  const [first] = chunks;
  if (chunks.length === 1 && first) return first;
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** `undefined` for anything but a JSON object in valid UTF-8. */
function readJson(bytes: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    // Not UTF-8 or not JSON: the one answer the caller needs is that it is not a header.
    return undefined;
  }
}
