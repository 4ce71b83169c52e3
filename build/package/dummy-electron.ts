import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Marks the place of the fuses in Electron's binary (@electron/fuses, `constants.js`); after it version, count, states. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/**
 * A folder that looks enough like Electron for `electron-builder --linux --dir` to pack the program without Electron's
 * binary: everything but the binary is then what would be shipped, and the fuses are really set.
 */
export async function writeDummyElectron(folder: string): Promise<void> {
  await mkdir(join(folder, 'resources'), { recursive: true });
  const fuses = Buffer.concat([Buffer.from(sentinel), Buffer.from([1, 9]), Buffer.from('1'.repeat(9))]);
  await writeFile(join(folder, 'electron'), Buffer.concat([Buffer.from('#!/bin/false\n'), fuses, Buffer.from('\n')]));
  await chmod(join(folder, 'electron'), 0o755);
}
