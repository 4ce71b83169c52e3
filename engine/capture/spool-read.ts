import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesPerMs, samplesPerMs } from './pcm.ts';
import { wavHeaderBytes } from './wav.ts';

/** One spool file: where its sound lies on the live's timeline, in whole ms. */
export type SpoolFile = { path: string; startMs: number; endMs: number };

const name = /^(\d{12})\.wav$/;

export const spoolFileName = (startMs: number): string => `${String(startMs).padStart(12, '0')}.wav`;

/** The spool files of one live in order. A folder that does not exist is an empty spool. */
export async function listSpool(dir: string): Promise<SpoolFile[]> {
  const names = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const found = names.flatMap((each) => {
    const match = name.exec(each);
    return match?.[1] ? [{ path: join(dir, each), startMs: Number(match[1]) }] : [];
  });
  const files = await Promise.all(
    found.map(async (file) => {
      const { size } = await stat(file.path);
      return { ...file, endMs: file.startMs + Math.max(0, Math.floor((size - wavHeaderBytes) / bytesPerMs)) };
    }),
  );
  return files.sort((a, b) => a.startMs - b.startMs);
}

/** The end of the sound on disk in ms of the timeline; 0 for an empty spool. */
export async function spoolEnd(dir: string): Promise<number> {
  const files = await listSpool(dir);
  return files.reduce((end, file) => Math.max(end, file.endMs), 0);
}

/** Samples of [startMs, endMs). What the spool does not hold is zeros. */
export async function readSound(dir: string, startMs: number, endMs: number): Promise<Int16Array> {
  const sound = new Int16Array(Math.max(0, endMs - startMs) * samplesPerMs);
  for (const file of await listSpool(dir)) {
    const from = Math.max(startMs, file.startMs);
    const to = Math.min(endMs, file.endMs);
    if (from >= to) continue;
    const target = new Uint8Array(sound.buffer, (from - startMs) * bytesPerMs, (to - from) * bytesPerMs);
    await readFully(file.path, target, wavHeaderBytes + (from - file.startMs) * bytesPerMs);
  }
  return sound;
}

async function readFully(path: string, target: Uint8Array, position: number): Promise<void> {
  await using handle = await open(path, 'r');
  let done = 0;
  while (done < target.length) {
    const { bytesRead } = await handle.read(target, done, target.length - done, position + done);
    if (bytesRead === 0) return;
    done += bytesRead;
  }
}
