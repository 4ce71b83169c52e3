import { type FileHandle, mkdir, open, rm, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bytesPerMs } from './pcm.ts';
import { listSpool, spoolFileName } from './spool-read.ts';
import { wavHeader, wavHeaderBytes } from './wav.ts';

export { listSpool, readSound, type SpoolFile, spoolEnd } from './spool-read.ts';
export { wavFile } from './wav.ts';

const maxFileMs = 60_000;

/** The durable sound of one live, growing at its end. One writer per folder; calls must not overlap. */
export type Spool = {
  /** End of the written sound, ms of the timeline. */
  readonly endMs: number;
  /** Sound that comes next starts at `startMs` >= `endMs`; the time between is nowhere in the spool. */
  moveTo(startMs: number): Promise<void>;
  /** Writes whole milliseconds of s16le sound (a multiple of 32 bytes). Rejects with the file system's error, then holds what was whole. */
  append(pcm: Uint8Array): Promise<void>;
  /** What was appended survives a power cut once this resolves. */
  sync(): Promise<void>;
  /** Whether the disk takes new sound: some is written beside it, synced and taken away. */
  takes(): Promise<boolean>;
  close(): Promise<void>;
};

/** Two seconds of sound. */
const trialBytes = 64 * 1024;

/**
 * Opens a folder of 16 kHz mono WAV files of at most 60 s, named by their place on the timeline. A file's header is valid while
 * it grows, so a file cut at any byte still plays; what a killed writer left is trimmed to whole milliseconds.
 */
export async function openSpool(dir: string): Promise<Spool> {
  await mkdir(dir, { recursive: true });
  let endMs = await recover(dir);
  let file: { handle: FileHandle; startMs: number; path: string } | null = null;
  let dirty = false;

  const closeFile = async () => {
    const closing = file;
    file = null;
    if (!closing) return;
    try {
      await closing.handle.write(wavHeader((endMs - closing.startMs) * bytesPerMs), 0, wavHeaderBytes, 0);
      await closing.handle.datasync();
    } finally {
      await closing.handle.close();
    }
    dirty = false;
  };

  const openFile = async () => {
    const path = join(dir, spoolFileName(endMs));
    const handle = await open(path, 'w');
    try {
      await handle.write(wavHeader(null), 0, wavHeaderBytes, 0);
      await syncFolder(dir);
    } catch (error) {
      await handle.close();
      await unlink(path);
      throw error;
    }
    file = { handle, startMs: endMs, path };
    return file;
  };

  return {
    get endMs() {
      return endMs;
    },
    async moveTo(startMs) {
      if (startMs < endMs) throw new RangeError(`spool holds sound up to ${endMs} ms, cannot go back to ${startMs} ms`);
      if (startMs === endMs) return;
      await closeFile();
      endMs = startMs;
    },
    async append(pcm) {
      if (pcm.length % bytesPerMs !== 0) throw new RangeError('sound must come in whole milliseconds');
      let at = 0;
      while (at < pcm.length) {
        if (file && endMs - file.startMs >= maxFileMs) await closeFile();
        const current = file ?? (await openFile());
        const room = (current.startMs + maxFileMs - endMs) * bytesPerMs;
        const part = pcm.subarray(at, at + room);
        await writeFully(current.handle, part, wavHeaderBytes + (endMs - current.startMs) * bytesPerMs);
        dirty = true;
        endMs += part.length / bytesPerMs;
        at += part.length;
      }
    },
    async sync() {
      if (!dirty) return;
      await file?.handle.datasync();
      dirty = false;
    },
    async takes() {
      const path = join(dir, 'trial');
      try {
        await using handle = await open(path, 'w');
        await writeFully(handle, new Uint8Array(trialBytes), 0);
        await handle.datasync();
        return true;
      } catch {
        // Whatever the reason, the answer is no; the next write says why.
        return false;
      } finally {
        await rm(path, { force: true }).catch(() => undefined);
      }
    },
    close: closeFile,
  };
}

/** A short write is continued; an error leaves `endMs` where the last whole append ended, so a retry overwrites the torn part. */
async function writeFully(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

/** Trims the file a killed writer left and completes its header. Answers where the sound ends. */
async function recover(dir: string): Promise<number> {
  const files = await listSpool(dir);
  const last = files.at(-1);
  if (!last) return 0;
  const lengthMs = last.endMs - last.startMs;
  if (lengthMs === 0) {
    await unlink(last.path);
    return recover(dir);
  }
  await using handle = await open(last.path, 'r+');
  await handle.truncate(wavHeaderBytes + lengthMs * bytesPerMs);
  await handle.write(wavHeader(lengthMs * bytesPerMs), 0, wavHeaderBytes, 0);
  await handle.datasync();
  return last.endMs;
}

/** A new file's name is durable only once its folder is; Windows cannot and need not sync a folder. */
async function syncFolder(dir: string): Promise<void> {
  if (process.platform === 'win32') return;
  for (const folder of [dir, dirname(dir)]) {
    await using handle = await open(folder, 'r');
    await handle.sync();
  }
}
