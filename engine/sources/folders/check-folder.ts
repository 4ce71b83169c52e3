import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { VigieError } from '#shared/errors.ts';
import { isInside } from './folders-service.ts';
import { isGone } from './scan-folder.ts';

/**
 * A folder as it was typed, looked at before it is watched.
 * @throws VigieError `folder-unusable`
 */
export async function checkFolder(
  typed: string,
  dataDir: string,
): Promise<{ path: string; realPath: string; dataDir: string }> {
  const given = path.resolve(typed);
  const refuse = (problem: 'not-found' | 'not-a-folder' | 'unreadable' | 'our-data', cause?: unknown) =>
    new VigieError('folder-unusable', { path: given, problem, other: null }, { cause });
  try {
    const [realPath, data] = await Promise.all([realpath(given), realpath(dataDir)]);
    if (!(await stat(realPath)).isDirectory()) throw refuse('not-a-folder');
    // Our own sound must not come back as a recording.
    if (realPath === data || isInside(realPath, data)) throw refuse('our-data');
    await readdir(realPath);
    return { path: given, realPath, dataDir: data };
  } catch (error) {
    if (error instanceof VigieError) throw error;
    throw refuse(isGone((error as NodeJS.ErrnoException).code ?? '') ? 'not-found' : 'unreadable', error);
  }
}
