import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Seen } from './judge-file.ts';

export type Fingerprint = { digest: string } | { wait: 'growing' | 'in-use' } | { code: string };

/** Windows says so of a file that another program has open for itself; elsewhere nothing does. */
const heldCodes = new Set(['EBUSY', 'ETXTBSY', ...(process.platform === 'win32' ? ['EPERM', 'EACCES'] : [])]);
const pieceBytes = 1024 * 1024;

/**
 * SHA-256 of all of a file, as long as it stays what the look saw. All of it: recordings of fixed length that begin and end in silence differ
 * in the middle only, and a recording taken for another would never be heard.
 */
export async function fingerprint(absolute: string, seen: Seen, signal: AbortSignal): Promise<Fingerprint> {
  try {
    // Not through a link that took the file's place meanwhile.
    await using file = await open(absolute, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    const hash = createHash('sha256');
    const piece = Buffer.allocUnsafe(pieceBytes);
    for (;;) {
      signal.throwIfAborted();
      const { bytesRead } = await file.read(piece, 0, pieceBytes, null);
      if (bytesRead === 0) break;
      hash.update(piece.subarray(0, bytesRead));
    }
    const { size, mtimeMs } = await file.stat();
    if (size !== seen.sizeBytes || Math.trunc(mtimeMs) !== seen.changedAt) return { wait: 'growing' };
    return { digest: hash.digest('hex') };
  } catch (error) {
    signal.throwIfAborted();
    const code = (error as NodeJS.ErrnoException).code ?? 'UNKNOWN';
    return heldCodes.has(code) ? { wait: 'in-use' } : { code };
  }
}
