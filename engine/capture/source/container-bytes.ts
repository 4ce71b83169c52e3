/** Bytes that can be read at any place. `read` answers [from, to), shorter only at the end. */
export type RandomAccess = {
  sizeBytes: number;
  read(from: number, to: number): AsyncIterable<Uint8Array>;
};

/** The bytes in an order that a reader without seeking can use, and the length of the sound where the container states it. */
export async function containerBytes(
  access: RandomAccess,
): Promise<{ bytes: AsyncIterable<Uint8Array>; durationMs: number | null }> {
  return { bytes: access.read(0, access.sizeBytes), durationMs: null };
}
