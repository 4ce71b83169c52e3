import { lstat, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Seen } from './judge-file.ts';
import { isPassedOver, isRecordingName } from './recording-name.ts';

export type Scan =
  | { found: Seen[]; unreadable: { path: string; code: string }[] }
  | { state: 'missing' | 'unreadable'; code: string };

const deepest = 32;

/** What a drive that was taken out, a share that is gone and a network that is down answer with. */
const goneCodes = new Set([
  'ENOENT',
  'ENOTDIR',
  'ENODEV',
  'ENXIO',
  'EIO',
  'ESTALE',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'ENOTCONN',
  'UNKNOWN',
]);
export const isGone = (code: string): boolean => goneCodes.has(code);
const gone = (error: unknown): Scan => {
  const code = codeOf(error);
  return { state: isGone(code) ? 'missing' : 'unreadable', code };
};
const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? 'UNKNOWN';

/**
 * Every recording in a folder, one look. Links are not followed: neither out of the folder nor around in it. A folder inside that cannot be
 * read is told among `unreadable` and does not stop the others; one that vanishes meanwhile is not there.
 * @param except absolute real path whose content is passed over: our own data
 */
export async function scanFolder(
  root: string,
  options: { recursive: boolean; except: string; signal: AbortSignal },
): Promise<Scan> {
  const found: Seen[] = [];
  const unreadable: { path: string; code: string }[] = [];
  let top: string;
  try {
    top = await realpath(root);
    await readdir(top);
  } catch (error) {
    return gone(error);
  }

  const look = async (below: string, depth: number): Promise<void> => {
    options.signal.throwIfAborted();
    const folder = path.join(top, below);
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries) {
      const relative = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!options.recursive || depth >= deepest || isPassedOver(entry.name)) continue;
        if (path.join(top, relative) === options.except) continue;
        await look(relative, depth + 1).catch((error: unknown) => {
          options.signal.throwIfAborted();
          const code = codeOf(error);
          if (!isGone(code)) unreadable.push({ path: relative, code });
        });
      } else if (entry.isFile() && isRecordingName(entry.name)) {
        try {
          const { size, mtimeMs } = await lstat(path.join(top, relative));
          found.push({ path: relative, sizeBytes: size, changedAt: Math.trunc(mtimeMs) });
        } catch (error) {
          const code = codeOf(error);
          // A name that is no valid text can be listed and not opened.
          if (!isGone(code) || entry.name.includes('\ufffd')) unreadable.push({ path: relative, code });
        }
        // Thousands of files must not hold up what else the engine does.
        if (found.length % 500 === 0) await setImmediate();
      }
    }
  };
  try {
    await look('', 0);
  } catch (error) {
    options.signal.throwIfAborted();
    // Taken out in the middle of the look.
    return gone(error);
  }
  return { found, unreadable };
}
