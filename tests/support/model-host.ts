import { createHash } from 'node:crypto';
import type { EngineOptions } from '#engine';
import { startOrigin } from './origin/origin.ts';

type Published = NonNullable<NonNullable<EngineOptions['models']>['catalogue']>[number];

/** Serves model files as a host with ranges and entity tags does (RFC 9110 14), and misbehaves as told. */
export async function startModelHost(files: Record<string, Uint8Array>) {
  const origin = await startOrigin();
  const host = {
    origin,
    files: { ...files },
    /** Bytes after which the next answers break off, in turn; null: never. */
    breakAfter: [] as number[],
    /** Answers no range: always the whole. */
    noRanges: false,
    /** Bytes after which an answer stops without ending. */
    holdAfter: null as number | null,
    catalogue: Object.entries(files).map(([id, bytes]): Published => ({
      id,
      sizeBytes: bytes.length,
      digest: sha256(bytes),
      width: 384,
    })),
    options: (): EngineOptions['models'] => ({
      host: { address: origin.url(''), allowPrivate: true },
      catalogue: host.catalogue,
      memoryBytes: 8e9,
    }),
    [Symbol.asyncDispose]: () => origin[Symbol.asyncDispose](),
  };
  origin.otherwise((request, response) => {
    const id = /^\/ggml-(.+)\.bin$/.exec(request.url ?? '')?.[1] ?? '';
    const bytes = host.files[id];
    if (!bytes) return void response.writeHead(404).end();
    const etag = `"${sha256(bytes)}"`;
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const current = request.headers['if-range'] === undefined || request.headers['if-range'] === etag;
    const partial = from > 0 && current && !host.noRanges;
    if (partial && from >= bytes.length) return void response.writeHead(416).end();
    const body = partial ? bytes.subarray(from) : bytes;
    response.writeHead(partial ? 206 : 200, {
      etag,
      'content-length': body.length,
      ...(partial && { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }),
    });
    const limit = host.breakAfter.shift();
    if (limit !== undefined) response.write(body.subarray(0, limit), () => response.destroy());
    else if (host.holdAfter !== null) response.write(body.subarray(0, host.holdAfter));
    else response.end(body);
  });
  return host;
}

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
