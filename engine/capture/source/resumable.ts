import { isVigieError, VigieError } from '#shared/errors.ts';
import type { Clock } from '../../base/clock.ts';
import type { Net } from '../../net/net.ts';
import { createBackoff } from '../backoff.ts';

/** What a server said of a resource that can be read in parts. */
export type Resource = {
  url: string;
  allowPrivate: boolean;
  /** Strong ETag or date by which a change is noticed; null when the server gives none. */
  validator: string | null;
};

/** Attempts without a single new byte. */
const mostAttempts = 4;

/**
 * Bytes [from, to) of a resource; a broken connection is resumed where it broke (Range and If-Range, RFC 9110 13.1.5 and 14.2).
 * Rejects with the network's error when it does not come back, and with `network-failed` when the resource has changed meanwhile.
 */
export async function* readResumably(
  resource: Resource,
  from: number,
  to: number,
  by: { net: Net; clock: Clock; signal: AbortSignal; networkMs: number; random: () => number },
): AsyncGenerator<Uint8Array, void, undefined> {
  const { host } = new URL(resource.url);
  const backoff = createBackoff({ backoffMs: 1_000, backoffFactor: 2, backoffMaxMs: 15_000 }, by.random);
  let at = from;
  for (let attempt = 1; at < to; attempt += 1) {
    try {
      const answer = await by.net.get(resource.url, {
        allowPrivate: resource.allowPrivate,
        signal: by.signal,
        headersTimeoutMs: by.networkMs,
        idleTimeoutMs: by.networkMs,
        range: { from: at, to: to - 1, ifRange: at === from ? undefined : (resource.validator ?? undefined) },
      });
      const start = Number(/^bytes (\d+)-/.exec(answer.headers['content-range'] ?? '')?.[1] ?? Number.NaN);
      const fits = answer.status === 206 && start === at;
      for await (const piece of answer.body) {
        if (!fits) break;
        const wanted = piece.subarray(0, to - at);
        at += wanted.length;
        attempt = 1;
        backoff.reset();
        yield wanted;
      }
      if (fits && at >= to) return;
      if (fits) throw new VigieError('network-failed', { host, detail: 'ended-early' });
      const status = answer.status >= 400 ? answer.status : undefined;
      throw new VigieError('network-failed', {
        host,
        detail: status ? `status ${status}` : 'changed-meanwhile',
        status,
      });
    } catch (error) {
      const passing =
        isVigieError(error, 'timed-out') || (isVigieError(error, 'network-failed') && !isClientError(error));
      if (!passing || attempt >= mostAttempts) throw error;
      await by.clock.delay(backoff.next(), by.signal);
    }
  }
}

const isClientError = (error: VigieError<'network-failed'>): boolean =>
  error.data.detail === 'changed-meanwhile' || (error.data.status !== undefined && error.data.status < 500);
