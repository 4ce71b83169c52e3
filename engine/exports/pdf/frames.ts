/**
 * What the engine and the PDF worker say to each other on stdin and stdout: frames of a 5-byte head (payload length,
 * uint32 big-endian; kind, one byte) and the payload. One worker sets one document:
 *   engine -> worker  `document` (JSON, shared/model/transcript-document.ts), then end of stdin
 *   worker -> engine  `progress` (JSON number, basis points)*, then `pdf` (bytes) or `failed` (JSON { detail })
 */
export const frameKinds = { document: 1, progress: 2, pdf: 3, failed: 4 } as const;
export type FrameKind = (typeof frameKinds)[keyof typeof frameKinds];

const headBytes = 5;
/** 7,200 segments make 17 MB; anything near this is not a transcript. */
export const frameLimitBytes = 512 * 1024 * 1024;

export function frame(kind: FrameKind, payload: Uint8Array | string): Buffer {
  const body = typeof payload === 'string' ? Buffer.from(payload, 'utf8') : payload;
  const head = Buffer.alloc(headBytes);
  head.writeUInt32BE(body.byteLength, 0);
  head.writeUInt8(kind, 4);
  return Buffer.concat([head, body]);
}

/** Returns a function to feed chunks to; it calls `onFrame` for each whole frame. @throws Error on anything that is not a frame */
export function createFrameReader(onFrame: (kind: FrameKind, payload: Buffer) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let held = 0;
  let wanted = headBytes;
  return (chunk) => {
    chunks.push(chunk);
    held += chunk.length;
    while (held >= wanted) {
      const bytes = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
      const length = bytes.readUInt32BE(0);
      const kind = bytes.readUInt8(4);
      if (length > frameLimitBytes || kind < 1 || kind > frameKinds.failed)
        throw new Error('not a frame of the PDF protocol');
      wanted = headBytes + length;
      if (bytes.length < wanted) {
        chunks = [bytes];
        return;
      }
      onFrame(kind as FrameKind, bytes.subarray(headBytes, wanted));
      const rest = bytes.subarray(wanted);
      chunks = rest.length > 0 ? [rest] : [];
      held = rest.length;
      wanted = headBytes;
    }
  };
}
