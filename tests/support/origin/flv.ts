/** One tag of an FLV file with the bytes it takes and its timestamp in ms (Adobe, "Video File Format Specification", version 10). */
export type FlvTag = { bytes: Uint8Array; atMs: number };

/** Splits an FLV into its header and its tags, so that a test can send them at their time. */
export function splitFlv(file: Uint8Array): { header: Uint8Array; tags: FlvTag[] } {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const start = view.getUint32(5) + 4;
  const tags: FlvTag[] = [];
  for (let at = start; at + 11 <= file.length;) {
    const size = (view.getUint32(at) & 0xff_ffff) + 15;
    const atMs = (view.getUint32(at + 4) >>> 8) | ((file[at + 7] ?? 0) << 24);
    tags.push({ bytes: file.subarray(at, at + size), atMs });
    at += size;
  }
  return { header: file.subarray(0, start), tags };
}
