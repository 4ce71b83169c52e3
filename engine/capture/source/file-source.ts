import { open, stat } from 'node:fs/promises';
import { VigieError } from '#shared/errors.ts';
import type { Feed, OpenableSource } from './feed.ts';
import { containerBytes } from './container-bytes.ts';

const pieceBytes = 256 * 1024;

/**
 * A file on this machine. Opening rejects with `source-not-found`, `source-is-directory`, `source-empty` or `source-unreadable`
 * (no permission, a device, an I/O error).
 */
export function fileSource(path: string): OpenableSource {
  return { label: path, reopens: true, open: (signal) => openFile(path, signal) };
}

async function openFile(path: string, signal: AbortSignal): Promise<Feed> {
  const found = await stat(path).catch((cause) => {
    throw asSourceError(path, cause);
  });
  if (found.isDirectory()) throw new VigieError('source-is-directory', { source: path });
  if (!found.isFile()) throw new VigieError('source-unreadable', { source: path, detail: 'not-a-file' });
  if (found.size === 0) throw new VigieError('source-empty', { source: path });
  // Opened now, so that a missing permission shows before anything starts.
  const handle = await open(path, 'r').catch((cause) => {
    throw asSourceError(path, cause);
  });
  const read = (from: number, to: number) => readRange(path, from, to, signal);
  try {
    const { bytes, durationMs } = await containerBytes({ label: path, sizeBytes: found.size, read });
    return { kind: 'on-demand', durationMs, targetDurationMs: null, items: bytes };
  } finally {
    await handle.close();
  }
}

async function* readRange(path: string, from: number, to: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const handle = await open(path, 'r').catch((cause) => {
    throw asSourceError(path, cause);
  });
  try {
    for (let at = from; at < to;) {
      signal.throwIfAborted();
      const buffer = new Uint8Array(Math.min(pieceBytes, to - at));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, at).catch((cause) => {
        throw asSourceError(path, cause);
      });
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  } finally {
    await handle.close();
  }
}

function asSourceError(path: string, cause: NodeJS.ErrnoException): VigieError {
  if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR')
    return new VigieError('source-not-found', { source: path }, { cause });
  return new VigieError('source-unreadable', { source: path, detail: cause.code ?? cause.message }, { cause });
}
