import { VigieError } from '#shared/errors.ts';
import { retryAfterMs } from './retry-after.ts';
import type { NetResponse } from './types.ts';

/** An answer that is not what was asked for, as an error: its status, and how long it asks to be left alone. */
export function statusError(host: string, answer: Pick<NetResponse, 'status' | 'headers'>): VigieError {
  const { status, headers } = answer;
  return new VigieError('network-failed', {
    host,
    detail: `status ${status}`,
    status,
    retryAfterMs: retryAfterMs(headers),
  });
}
