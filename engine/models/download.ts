import { open } from 'node:fs/promises';
import { VigieError } from '#shared/errors.ts';
import type { Net, NetResponse } from '../net/types.ts';

const idleTimeoutMs = 30_000;
/** Answers that asking again does not change. */
const finalStatuses = new Set([400, 401, 403, 404, 410, 451]);

export type Download = {
  net: Net;
  url: string;
  allowPrivate: boolean;
  /** What has come so far lies here and is gone on from. */
  part: string;
  model: string;
  sizeBytes: number;
  /** Entity tag under which the part was fetched. */
  validator: string | null;
  signal: AbortSignal;
  onValidator(validator: string | null): void;
  onProgress(receivedBytes: number): void;
};

/** True for a failure of the line or of a busy server: worth another attempt. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof VigieError)) return false;
  if (error.code === 'network-off' || error.code === 'timed-out') return true;
  if (error.code !== 'network-failed') return false;
  const { status } = error.data as { status?: number };
  return status === undefined || !finalStatuses.has(status);
}

/**
 * Completes the part by a range request (RFC 9110 14, If-Range 13.1.5). A server that has another version, or no ranges, sends the whole and
 * the part begins anew. Whether the whole is the right file is for `settleFile` to say; a wrong length ends it here.
 * Rejects with the failures of `Net.get`, `network-failed` with a status, `model-unexpected`, `disk-full`.
 */
export async function download(given: Download): Promise<void> {
  const { net, model, sizeBytes, signal, allowPrivate } = given;
  const file = await open(given.part, 'a+');
  try {
    let at = (await file.stat()).size;
    if (at > sizeBytes) {
      await file.truncate(0);
      at = 0;
    }
    given.onProgress(at);
    while (at < sizeBytes) {
      const range = at > 0 ? { from: at, ...(given.validator && { ifRange: given.validator }) } : undefined;
      const answer = await net.get(given.url, {
        allowPrivate,
        signal,
        range,
        idleTimeoutMs,
        headersTimeoutMs: idleTimeoutMs,
      });
      const start = startOf(answer, at);
      if (start === null) {
        answer.discard();
        if (answer.status !== 416 || at === 0) throw refused(given.url, answer.status);
        // The server has less than we do: ours is of another version.
        await file.truncate(0);
        at = 0;
        continue;
      }
      const whole = wholeLength(answer);
      if (whole !== null && whole !== sizeBytes) {
        answer.discard();
        throw new VigieError('model-unexpected', { model, expected: String(sizeBytes), found: String(whole) });
      }
      if (start !== at) {
        await file.truncate(start);
        at = start;
      }
      const before = at;
      given.onValidator(strongValidator(answer));
      for await (const piece of answer.body) {
        if (at + piece.length > sizeBytes)
          throw new VigieError('model-unexpected', {
            model,
            expected: String(sizeBytes),
            found: String(at + piece.length),
          });
        await write(file, piece, given.part);
        at += piece.length;
        given.onProgress(at);
      }
      // A server that ends early each time without a byte would be asked for ever.
      if (at === before) throw refused(given.url, answer.status);
    }
  } finally {
    await file.close();
  }
}

/** Where in the file the body begins; null when the answer holds none of it. */
function startOf({ status, headers }: NetResponse, asked: number): number | null {
  if (status === 200) return 0;
  if (status !== 206) return null;
  const found = /^bytes (\d+)-/.exec(headers['content-range'] ?? '');
  return found && Number(found[1]) === asked ? asked : null;
}

/** Length of the whole file as the answer states it. */
function wholeLength({ status, headers }: NetResponse): number | null {
  const said = status === 206 ? /\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1] : headers['content-length'];
  return said === undefined ? null : Number(said);
}

/** Weak tags may not go into If-Range (RFC 9110 13.1.5). */
function strongValidator({ headers }: NetResponse): string | null {
  const tag = headers.etag ?? '';
  return /^"[^"]{1,200}"$/.test(tag) ? tag : null;
}

function refused(url: string, status: number): VigieError<'network-failed'> {
  return new VigieError('network-failed', { host: new URL(url).host, detail: `HTTP ${status}`, status });
}

/** Appends. @throws VigieError `disk-full` */
export async function write(
  file: { write(bytes: Uint8Array): Promise<unknown> },
  piece: Uint8Array,
  path: string,
): Promise<void> {
  try {
    await file.write(piece);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new VigieError('disk-full', { path }, { cause: error });
    throw error;
  }
}
