/** The one sound format inside Vigie: 16 kHz, mono, signed 16-bit little-endian. */
export const sampleRate = 16_000;
export const samplesPerMs = 16;
export const bytesPerMs = 32;

/** Views bytes as samples; copies when they do not start at an even address. A trailing odd byte is left out. */
export function asSamples(bytes: Uint8Array): Int16Array {
  const length = bytes.byteLength >> 1;
  if (bytes.byteOffset % 2 === 0) return new Int16Array(bytes.buffer, bytes.byteOffset, length);
  return new Int16Array(new Uint8Array(bytes.subarray(0, length * 2)).buffer);
}

/** Largest absolute sample in basis points of full scale (0..10000). */
export function peakBp(samples: Int16Array): number {
  let peak = 0;
  for (const value of samples) {
    const size = Math.abs(value);
    if (size > peak) peak = size;
  }
  return sizeBp(peak);
}

/** A sample's absolute size (0..32768) in basis points of full scale. */
export const sizeBp = (size: number): number => Math.round((size * 10_000) / 32_768);
