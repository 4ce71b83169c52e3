import { VigieError } from '#shared/errors.ts';
import { asNetError } from './net-error.ts';
import type { Deadline } from './deadline.ts';

/** The body of an answer, bounded in bytes and in silence, ending with the switch. Leaving the loop closes the connection. */
export async function* boundedBody(given: {
  body: AsyncIterable<Uint8Array> & { destroy(): unknown };
  declaredBytes: number;
  maxBytes: number | undefined;
  idleTimeoutMs: number;
  host: string;
  isAllowed: () => boolean;
  deadline: Deadline;
}): AsyncGenerator<Uint8Array, void, undefined> {
  const { body, deadline, host, maxBytes } = given;
  const tooLarge = () => new VigieError('too-large', { what: host, limitBytes: maxBytes ?? 0 });
  let total = 0;
  try {
    if (maxBytes !== undefined && given.declaredBytes > maxBytes) throw tooLarge();
    deadline.limit('wait', 'next bytes', given.idleTimeoutMs);
    for await (const piece of body) {
      // The reader's own slowness is not the network's silence.
      deadline.limit('wait', 'next bytes', undefined);
      total += piece.length;
      if (maxBytes !== undefined && total > maxBytes) throw tooLarge();
      if (!given.isAllowed()) throw new VigieError('network-off', { host });
      yield piece;
      deadline.limit('wait', 'next bytes', given.idleTimeoutMs);
    }
  } catch (error) {
    throw asNetError(error, host, deadline);
  } finally {
    deadline.clear();
    body.destroy();
  }
}
