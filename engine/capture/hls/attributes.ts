/** An attribute list (RFC 8216 4.2): names to values, quotes taken off. Throws a plain Error that names what is wrong. */
export function parseAttributes(text: string): Map<string, string> {
  const found = new Map<string, string>();
  const pattern = /\s*([A-Z0-9-]+)=("[^"]*"|[^",]*)\s*(,|$)/y;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (!match?.[1] || match[2] === undefined) throw new Error('attribute list');
    found.set(match[1], match[2].startsWith('"') ? match[2].slice(1, -1) : match[2]);
    if (match[3] === '') break;
  }
  return found;
}

/** A decimal integer that JavaScript holds exactly. */
export function decimalInteger(text: string): number {
  if (!/^\d{1,15}$/.test(text.trim())) throw new Error('integer');
  return Number(text);
}

/** Seconds as written in EXTINF, as whole milliseconds; at most a day. */
export function secondsAsMs(text: string): number {
  if (!/^\d{1,6}(\.\d+)?$/.test(text.trim())) throw new Error('duration');
  const ms = Math.round(Number(text) * 1000);
  if (ms > 86_400_000) throw new Error('duration');
  return ms;
}

/** `<length>[@<from>]` of EXT-X-BYTERANGE and of a map's BYTERANGE; `nextFrom` where the previous range of the same address ended. */
export function byteRange(text: string, nextFrom: number | null): { from: number; length: number } {
  const [length = '', from] = text.split('@');
  const start = from === undefined ? nextFrom : decimalInteger(from);
  if (start === null) throw new Error('byte range without a start');
  const size = decimalInteger(length);
  if (size === 0) throw new Error('empty byte range');
  return { from: start, length: size };
}

/** The 128-bit initialization vector, `0x...`. */
export function initializationVector(text: string): Uint8Array {
  const match = /^0[xX]([0-9a-fA-F]{1,32})$/.exec(text);
  if (!match?.[1]) throw new Error('IV');
  return Uint8Array.from(Buffer.from(match[1].padStart(32, '0'), 'hex'));
}
