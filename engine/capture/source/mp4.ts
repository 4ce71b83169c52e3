/** A box of an ISO base media file: [start, end) in bytes of what was read, `body` where its content begins (ISO/IEC 14496-12, 4.2). */
export type Box = { type: string; start: number; body: number; end: number };

/** Reads one box header at `at`; null where there is none, or none that fits into `limit`. `bytes` begins at `base`. */
export function readBoxHeader(bytes: Uint8Array, at: number, limit: number, base = 0): Box | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const local = at - base;
  if (local + 8 > bytes.length) return null;
  const type = String.fromCharCode(...bytes.subarray(local + 4, local + 8));
  if (!/^[\x20-\x7e\xa9]{4}$/.test(type)) return null;
  const short = view.getUint32(local);
  if (short === 1) {
    if (local + 16 > bytes.length) return null;
    const long = view.getBigUint64(local + 8);
    if (long < 16n || BigInt(at) + long > BigInt(limit)) return null;
    return { type, start: at, body: at + 16, end: at + Number(long) };
  }
  const size = short === 0 ? limit - at : short;
  return size < 8 || at + size > limit ? null : { type, start: at, body: at + 8, end: at + size };
}

const containers = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl']);
const uint32Max = 0xffff_ffff;

/**
 * A copy of `moov` (the whole box) whose chunk offsets (`stco`, `co64`) follow when everything in [from, to) moves back by `shift`
 * bytes, as qt-faststart does. Null when an offset no longer fits its 32 bits, or the tables are broken.
 */
export function shiftChunkOffsets(
  moov: Uint8Array,
  range: { from: number; to: number; shift: number },
): Uint8Array | null {
  // Not `slice`, which on a Buffer does not copy.
  const copy = new Uint8Array(moov);
  const view = new DataView(copy.buffer);
  const moved = (offset: number) => (offset >= range.from && offset < range.to ? offset + range.shift : offset);

  const patch = (box: Box): boolean => {
    if (box.body + 8 > box.end) return false;
    const wide = box.type === 'co64';
    const count = view.getUint32(box.body + 4);
    if (box.body + 8 + count * (wide ? 8 : 4) > box.end) return false;
    for (let i = 0; i < count; i += 1) {
      const at = box.body + 8 + i * (wide ? 8 : 4);
      const offset = moved(wide ? Number(view.getBigUint64(at)) : view.getUint32(at));
      if (wide) view.setBigUint64(at, BigInt(offset));
      else if (offset > uint32Max) return false;
      else view.setUint32(at, offset);
    }
    return true;
  };

  const walk = (from: number, to: number): boolean => {
    for (let at = from; at < to;) {
      const box = readBoxHeader(copy, at, to);
      // Some writers end a container with zeros.
      if (!box) return true;
      if (containers.has(box.type) && !walk(box.body, box.end)) return false;
      if ((box.type === 'stco' || box.type === 'co64') && !patch(box)) return false;
      at = box.end;
    }
    return true;
  };
  return walk(0, copy.length) ? copy : null;
}
