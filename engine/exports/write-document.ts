import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder } from '../base/make-folder.ts';
import { isVigieError, VigieError } from '#shared/errors.ts';
import type { ExportFormat } from '#shared/model/export.ts';
import type { TranscriptDocument } from '#shared/model/transcript-document.ts';
import type { PdfRenderer } from './pdf-renderer.ts';
import { write as writeCsv } from './writers/csv.ts';
import { write as writeJson } from './writers/json.ts';
import { write as writeSrt } from './writers/srt.ts';
import { write as writeTxt } from './writers/txt.ts';
import { write as writeVtt } from './writers/vtt.ts';

export { exportFileName } from './file-name.ts';

const textWriters = { srt: writeSrt, vtt: writeVtt, csv: writeCsv, json: writeJson, txt: writeTxt } as const;
const chunkBytes = 1024 * 1024;
let serial = 0;

/**
 * Writes the document to `path` in one format, whole or not at all: into a temporary file beside it, flushed to the disk,
 * then renamed over it. Missing folders are made. `onProgress` is told basis points, 0..10000.
 * @throws VigieError `disk-full`, `export-failed` (unwritable, or the PDF failed), `timed-out`, `cancelled`, `engine-stopped`
 */
export async function writeDocument(request: {
  document: TranscriptDocument;
  format: ExportFormat;
  path: string;
  pdf: PdfRenderer;
  signal?: AbortSignal;
  onProgress?(bp: number): void;
}): Promise<{ sizeBytes: number; sha256: string }> {
  const { document, format, signal, onProgress } = request;
  refuseWhenCancelled(signal);
  const bytes =
    format === 'pdf'
      ? await request.pdf.render(document, { signal, onProgress: (bp) => onProgress?.(Math.round(bp * 0.95)) })
      : Buffer.from(textWriters[format](document), 'utf8');
  onProgress?.(9500);
  try {
    await writeWhole(request.path, bytes, signal);
  } catch (error) {
    throw typed(error, format, request.path);
  }
  onProgress?.(10_000);
  return { sizeBytes: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') };
}

async function writeWhole(target: string, bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
  const folder = path.dirname(target);
  makeFolder(folder);
  const temporary = path.join(folder, `.vigie-${process.pid}-${(serial += 1)}.part`);
  try {
    // Left behind by a process of this number that was killed.
    await rm(temporary, { force: true });
    const file = await open(temporary, 'wx', 0o600);
    try {
      for (let at = 0; at < bytes.byteLength; at += chunkBytes) {
        refuseWhenCancelled(signal);
        await file.writeFile(bytes.subarray(at, at + chunkBytes));
      }
      await file.sync();
    } finally {
      await file.close();
    }
    refuseWhenCancelled(signal);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

/** Makes the new name durable. Windows opens no folders: there the rename alone has to do. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function refuseWhenCancelled(signal?: AbortSignal): void {
  if (signal?.aborted) throw new VigieError('cancelled', {});
}

function typed(error: unknown, format: ExportFormat, target: string): unknown {
  if (isVigieError(error)) return error;
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new VigieError('disk-full', { path: target }, { cause: error });
  // A system error has a code; anything else is a defect and keeps its own stack.
  return code ? new VigieError('export-failed', { format, detail: `${code}: ${target}` }, { cause: error }) : error;
}
