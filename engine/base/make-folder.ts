import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes a folder and those above it that are missing. Node's own recursive mkdir never returns where a folder that exists refuses to hold
 * another one by saying ENOENT (/proc on Linux): here each level is tried once, and what the system says is thrown.
 * @param mode of what is made, e.g. 0o700
 */
export function makeFolder(folder: string, mode?: number): void {
  const target = path.resolve(folder);
  try {
    mkdirSync(target, { mode });
    return;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && isFolder(target)) return;
    const above = path.dirname(target);
    if (code !== 'ENOENT' || above === target || isFolder(above)) throw error;
    makeFolder(above, mode);
  }
  mkdirSync(target, { mode });
}

const isFolder = (target: string): boolean => statSync(target, { throwIfNoEntry: false })?.isDirectory() ?? false;
