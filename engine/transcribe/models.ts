/** Which speech models there are, and the gate before any native loader sees one. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, extname, isAbsolute, join, resolve } from 'node:path';

import { VigieError } from '#shared/errors.ts';

import { inspectModel, type ModelFacts, NotAModel } from './model-file.ts';

export type ModelFolders = { bundledDir: string; folderDir: string };

export type ModelEntry = {
  /** File name without `ggml-` and `.bin`; what settings and the command line say. */
  id: string;
  path: string;
  origin: 'bundled' | 'folder';
  sizeBytes: number;
  multilingual: boolean;
  /** Of the encoder. */
  width: number;
};

export type ResolvedModel = ModelFacts & {
  id: string;
  path: string;
  origin: 'bundled' | 'folder' | 'path';
  sizeBytes: number;
};

const structures = new Map<string, { key: string; entry: ModelEntry | null }>();
const digests = new Map<string, { key: string; digest: Promise<string> }>();

/**
 * The usable models, bundled first, then by name. What the gate refuses is not listed: asking for it by name says why. A file of the
 * user's folder with the name of a bundled one stands in for it.
 */
export async function listModels(folders: ModelFolders): Promise<ModelEntry[]> {
  const entries = await Promise.all((await findFiles(folders)).map(readEntry));
  return entries.filter((entry) => entry !== null);
}

/**
 * A model by id or by path. Throws model-missing (with the known ids) when there is none, model-invalid when the file is not a
 * Whisper model in the ggml format or is cut.
 */
export async function resolveModel(idOrPath: string, folders: ModelFolders): Promise<ResolvedModel> {
  const files = await findFiles(folders);
  const known = files.find((file) => file.id === idOrPath);
  if (known) return { ...(await checkModel(known.path)), id: known.id, path: known.path, origin: known.origin };
  const looksLikePath = isAbsolute(idOrPath) || /[\\/]/.test(idOrPath) || extname(idOrPath) === '.bin';
  if (!looksLikePath) throw new VigieError('model-missing', { model: idOrPath, known: files.map((file) => file.id) });
  const path = resolve(idOrPath);
  try {
    return { ...(await checkModel(path)), id: path, path, origin: 'path' };
  } catch (error) {
    if (error instanceof VigieError && error.code === 'model-missing') {
      throw new VigieError('model-missing', { model: idOrPath, known: files.map((file) => file.id) }, { cause: error });
    }
    throw error;
  }
}

/** The gate. Throws model-missing or model-invalid; what it returns was read from the file itself. */
export async function checkModel(path: string): Promise<ModelFacts & { sizeBytes: number }> {
  let found;
  try {
    found = await stat(path);
  } catch (error) {
    throw new VigieError('model-missing', { model: path, known: [] }, { cause: error });
  }
  if (!found.isFile()) throw new VigieError('model-invalid', { model: path, detail: 'not-a-file' });
  try {
    const file = await open(path);
    try {
      const facts = await inspectModel(found.size, async (at, length) => {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
        return buffer.subarray(0, bytesRead);
      });
      return { ...facts, sizeBytes: found.size };
    } finally {
      await file.close();
    }
  } catch (error) {
    const detail =
      error instanceof NotAModel ? error.message : ((error as NodeJS.ErrnoException).code ?? (error as Error).message);
    throw new VigieError('model-invalid', { model: path, detail }, { cause: error });
  }
}

/** SHA-256 of a file, hex; computed once per size and time of change. Rejects with the error of the file system. */
export async function digestOf(path: string): Promise<string> {
  const { size, mtimeMs } = await stat(path);
  const key = `${size}:${mtimeMs}`;
  const cached = digests.get(path);
  if (cached?.key === key) return cached.digest;
  const digest = readDigest(path);
  digests.set(path, { key, digest });
  // A failure is told to whoever waits, and not kept.
  digest.catch(() => digests.delete(path));
  return digest;
}

async function readDigest(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

type Found = { id: string; path: string; origin: 'bundled' | 'folder' };

async function findFiles({ bundledDir, folderDir }: ModelFolders): Promise<Found[]> {
  const [bundled, folder] = await Promise.all([filesOf(bundledDir, 'bundled'), filesOf(folderDir, 'folder')]);
  const own = new Set(folder.map((file) => file.id));
  return [...bundled.filter((file) => !own.has(file.id)), ...folder];
}

async function filesOf(dir: string, origin: Found['origin']): Promise<Found[]> {
  let names: string[];
  try {
    names = await readdir(dir);
  } catch (error) {
    // The user's folder comes into being with the first model put there.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return names
    .filter((name) => extname(name) === '.bin' && !/silero|vad/i.test(name))
    .sort()
    .map((name) => ({ id: basename(name, '.bin').replace(/^ggml-/, ''), path: join(dir, name), origin }));
}

/** Structure is read once per size and time of change: the list is asked for every few seconds. */
async function readEntry(file: Found): Promise<ModelEntry | null> {
  const found = await stat(file.path).catch(() => null);
  const key = `${file.origin}:${found?.size}:${found?.mtimeMs}`;
  const cached = structures.get(file.path);
  if (cached?.key === key) return cached.entry;
  const entry = await inspectEntry(file);
  structures.set(file.path, { key, entry });
  return entry;
}

async function inspectEntry({ id, path, origin }: Found): Promise<ModelEntry | null> {
  try {
    const { sizeBytes, multilingual, width } = await checkModel(path);
    return { id, path, origin, sizeBytes, multilingual, width };
  } catch (error) {
    if (error instanceof VigieError) return null;
    throw error;
  }
}
