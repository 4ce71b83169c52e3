import { ORPCError } from '@orpc/contract';
import { errorCodes, VigieError, type ErrorCode } from '../errors.ts';

const known = new Set<string>(errorCodes);

/** A failure that came over a carrier, as the error it was on the other side; anything else stays what it is. */
export function toVigieError(error: unknown): unknown {
  if (error instanceof ORPCError && known.has(String(error.code))) {
    return new VigieError(error.code as ErrorCode, error.data as never, { cause: error });
  }
  return error;
}
