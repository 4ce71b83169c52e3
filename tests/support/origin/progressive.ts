import type { Route } from './origin.ts';

const pieceBytes = 16 * 1024;

/**
 * A resource served as it lies. `length: false` leaves the length out (chunked, as a live does); `ranges` answers Range requests;
 * `breakAfter[n]` breaks the connection of visit n+1 after so many bytes; `endless` never closes.
 */
export function serve(
  bytes: Uint8Array,
  options: {
    type?: string;
    length?: boolean;
    ranges?: boolean;
    etag?: string;
    breakAfter?: number[];
    endless?: boolean;
  } = {},
): Route {
  return async (request, response, visit) => {
    const range = options.ranges ? /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') : null;
    const still = request.headers['if-range'] === undefined || request.headers['if-range'] === options.etag;
    const from = range && still ? Number(range[1]) : 0;
    const to = range && still && range[2] ? Math.min(bytes.length, Number(range[2]) + 1) : bytes.length;
    if (from >= bytes.length) {
      response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
      return;
    }
    response.writeHead(range && still ? 206 : 200, {
      'content-type': options.type ?? 'application/octet-stream',
      ...(options.length === false ? {} : { 'content-length': to - from }),
      ...(range && still ? { 'content-range': `bytes ${from}-${to - 1}/${bytes.length}` } : {}),
      ...(options.ranges ? { 'accept-ranges': 'bytes' } : {}),
      ...(options.etag ? { etag: options.etag } : {}),
    });
    const breakAt = from + (options.breakAfter?.[visit - 1] ?? Number.POSITIVE_INFINITY);
    for (let at = from; at < to; at += pieceBytes) {
      const end = Math.min(to, at + pieceBytes, breakAt);
      const room = response.write(bytes.subarray(at, end));
      if (end === breakAt) {
        await new Promise((resolve) => response.write('', resolve));
        response.destroy();
        return;
      }
      if (!room) await new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
      if (response.destroyed) return;
    }
    if (!options.endless) response.end();
  };
}
