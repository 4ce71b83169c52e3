import type { NetResponse } from '../../net/net.ts';

/** The first bytes of a body, and the whole of it again. */
export type Peeked = {
  head: Uint8Array;
  bytes: AsyncGenerator<Uint8Array, void, undefined>;
  /** Closes the connection; `bytes` is not read. */
  discard(): void;
};

/** Reads until `length` bytes are there or the body ends; nothing is lost. */
export async function peek(answer: Pick<NetResponse, 'body' | 'discard'>, length: number): Promise<Peeked> {
  const pieces = answer.body[Symbol.asyncIterator]();
  const held: Uint8Array[] = [];
  let have = 0;
  while (have < length) {
    const next = await pieces.next();
    if (next.done) break;
    held.push(next.value);
    have += next.value.length;
  }
  const bytes = (async function* () {
    try {
      yield* held;
      for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
    } finally {
      await pieces.return?.();
    }
  })();
  return { head: Buffer.concat(held).subarray(0, length), bytes, discard: answer.discard };
}
