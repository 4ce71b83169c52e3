import type { ServerResponse } from 'node:http';
import type { Clock } from '../../../engine/base/clock.ts';
import type { Route } from './origin.ts';

/** One tag of an FLV file with the bytes it takes and its timestamp in ms (Adobe, "Video File Format Specification", version 10). */
export type FlvTag = { bytes: Uint8Array; atMs: number };

/** Splits an FLV into its header and its tags, so that a test can send them at their time. */
export function splitFlv(file: Uint8Array): { header: Uint8Array; tags: FlvTag[] } {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const start = view.getUint32(5) + 4;
  const tags: FlvTag[] = [];
  for (let at = start; at + 11 <= file.length;) {
    const size = (view.getUint32(at) & 0xff_ffff) + 15;
    const atMs = (view.getUint32(at + 4) >>> 8) | ((file[at + 7] ?? 0) << 24);
    tags.push({ bytes: file.subarray(at, at + size), atMs });
    at += size;
  }
  return { header: file.subarray(0, start), tags };
}

/** Sends a film at its pace from `fromMs` for `forMs` of the clock, then does what `then` says. */
export function playFlv(
  flv: ReturnType<typeof splitFlv>,
  clock: Pick<Clock, 'monotonicMs' | 'delay'>,
  fromMs: number,
  forMs: number,
  then: (response: ServerResponse) => void,
): Route {
  return async (_, response) => {
    response.writeHead(200, { 'content-type': 'video/x-flv' });
    response.write(flv.header);
    const began = clock.monotonicMs();
    for (const tag of flv.tags) {
      if (tag.atMs > 0 && tag.atMs < fromMs) continue;
      const dueMs = tag.atMs - fromMs;
      if (dueMs > forMs || response.destroyed) break;
      const aheadMs = dueMs - (clock.monotonicMs() - began);
      if (aheadMs > 50) await clock.delay(aheadMs);
      response.write(tag.bytes);
    }
    then(response);
  };
}
