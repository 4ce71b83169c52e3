import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { VigieError } from '#shared/errors.ts';
import { checkModel, digestOf } from '../transcribe/models.ts';
import type { CatalogueModel } from './catalogue.ts';
import { write } from './download.ts';

/** Copies a file from a disk or stick, from its start. Rejects with `model-missing`, `disk-full`, `cancelled`. */
export async function copyFile(given: {
  from: string;
  part: string;
  model: string;
  signal: AbortSignal;
  onProgress(copiedBytes: number): void;
}): Promise<void> {
  const source = await open(given.from).catch((error: unknown) => {
    throw new VigieError('model-missing', { model: given.from, known: [] }, { cause: error });
  });
  try {
    const target = await open(given.part, 'w');
    try {
      const buffer = Buffer.allocUnsafe(1 << 20);
      for (let at = 0; ;) {
        if (given.signal.aborted) throw new VigieError('cancelled', {});
        const { bytesRead } = await source.read(buffer, 0, buffer.length, at);
        if (bytesRead === 0) return;
        await write(target, buffer.subarray(0, bytesRead), given.part);
        at += bytesRead;
        given.onProgress(at);
      }
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/**
 * Lets a complete part in: its SHA-256 is the published one, its structure that of a Whisper model, and only then it takes its name, in one
 * step. What is refused is removed. Rejects with `model-unexpected`, `model-invalid`.
 */
export async function settleFile(given: {
  part: string;
  path: string;
  model: string;
  published: CatalogueModel | undefined;
}): Promise<{ digest: string }> {
  const { part, model, published } = given;
  try {
    const file = await open(part, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    const digest = await digestOf(part);
    if (published && digest !== published.digest)
      throw new VigieError('model-unexpected', { model, expected: published.digest, found: digest });
    await checkModel(part);
    await rename(part, given.path);
    await syncFolder(path.dirname(given.path));
    return { digest };
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** So that the new name survives a power cut. Windows keeps no such order and refuses to open a folder. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const opened = await open(folder);
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}
