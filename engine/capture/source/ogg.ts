/** More than one page, whose largest size is 65307 bytes (RFC 3533). */
export const oggTailBytes = 128 * 1024;

const text = (bytes: Uint8Array, at: number, length: number) => String.fromCharCode(...bytes.subarray(at, at + length));

/** Length of an Ogg file of one Vorbis or Opus stream, from its first and its last page (RFC 3533, RFC 7845 section 4); else null. */
export function oggDurationMs(head: Uint8Array, tail: Uint8Array): number | null {
  if (text(head, 0, 4) !== 'OggS' || head.length < 64) return null;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const packet = 27 + (head[26] ?? 0);
  if (packet + 16 > head.length) return null;
  const vorbis = text(head, packet, 7) === '\x01vorbis';
  const opus = text(head, packet, 8) === 'OpusHead';
  if (!vorbis && !opus) return null;
  const rate = vorbis ? view.getUint32(packet + 12, true) : 48_000;
  const skipped = opus ? view.getUint16(packet + 10, true) : 0;
  const serial = view.getUint32(14, true);

  const end = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  for (let at = tail.length - 27; at >= 0; at -= 1) {
    if (tail[at] !== 0x4f || text(tail, at, 4) !== 'OggS' || end.getUint32(at + 14, true) !== serial) continue;
    const granule = end.getBigInt64(at + 6, true);
    if (granule < 0n || rate === 0) continue;
    return Math.max(0, Math.round(((Number(granule) - skipped) * 1000) / rate));
  }
  return null;
}
