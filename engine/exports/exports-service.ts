import { stat } from 'node:fs/promises';
import path from 'node:path';
import { isVigieError, VigieError } from '#shared/errors.ts';
import type { ExportFormat, ExportRecord } from '#shared/model/export.ts';
import type { Live } from '#shared/model/live.ts';
import type { TranscriptDocument } from '#shared/model/transcript-document.ts';
import type { Log } from '../base/log.ts';
import type { Commands } from '../db/commands.ts';
import type { Store } from '../db/store.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Journal } from '../journal/journal.ts';
import type { Actor } from '../review/review-service.ts';
import { exportOf, type ExportRow, type ExportsStore } from './exports-store.ts';
import { exportFileName, writeDocument } from './write-document.ts';
import type { PdfRenderer } from './pdf-renderer.ts';

export type ExportRequest = {
  liveId: string;
  format: ExportFormat;
  locale: 'fr' | 'en';
  timeZone: string;
  path?: string;
  commandId: string;
};

export type ExportsService = {
  start(request: ExportRequest, actor: Actor): { exportId: string };
  get(exportId: string): ExportRecord;
  list(options: { liveId?: string; limit: number }): ExportRecord[];
  cancel(exportId: string): void;
  /** Where a finished export lies. @throws VigieError `not-found` while it is not done */
  file(exportId: string): ExportRow;
};

const exportKind = 'export';

/** Exports are jobs: asked for in a transaction, written in a worker or beside it, visible while they run, and recorded with their hash. */
export function createExportsService(deps: {
  store: Store;
  exports: ExportsStore;
  commands: Commands;
  jobs: Jobs;
  journal: Journal;
  log: Log;
  dataDir: string;
  pdf: PdfRenderer;
  liveOf(liveId: string): Live | undefined;
  collect(request: { liveId: string; locale: 'fr' | 'en'; timeZone: string; by: string }): TranscriptDocument;
}): ExportsService {
  const { store, exports, commands, jobs, journal, log } = deps;
  const running = new Map<string, { abort: AbortController; progressBp: number }>();

  jobs.define<{ exportId: string }>({
    kind: exportKind,
    concurrency: 1,
    maxAttempts: 2,
    leaseMs: 600_000,
    isPermanent: (error) => isVigieError(error),
    async run({ exportId }, signal) {
      const row = exports.row(exportId);
      if (!row || row.state === 'cancelled') return { outcome: 'done', commit: () => undefined };
      const abort = new AbortController();
      const progress = { abort, progressBp: 0 };
      running.set(exportId, progress);
      exports.update(exportId, { state: 'running' });
      try {
        const document = deps.collect({
          liveId: row.live_id,
          locale: row.locale,
          timeZone: row.time_zone,
          by: row.by_name,
        });
        const written = await writeDocument({
          document,
          format: row.format,
          path: row.path,
          pdf: deps.pdf,
          signal: AbortSignal.any([signal, abort.signal]),
          onProgress(bp) {
            progress.progressBp = bp;
          },
        });
        return {
          outcome: 'done',
          commit: () => finish(row, { state: 'done', size_bytes: written.sizeBytes, sha256: written.sha256 }),
        };
      } catch (error) {
        if (abort.signal.aborted) return { outcome: 'done', commit: () => finish(row, { state: 'cancelled' }) };
        throw error;
      } finally {
        running.delete(exportId);
      }
    },
    giveUp({ exportId }, problem) {
      const row = exports.row(exportId);
      if (row) finish(row, { state: 'failed', problem: problem.slice(0, 500) });
    },
  });

  function finish(row: ExportRow, changes: Partial<ExportRow>) {
    exports.update(row.id, changes);
    journal.append({
      kind: 'export.finished',
      subjectId: row.id,
      data: { liveId: row.live_id, format: row.format, state: changes.state ?? null, sha256: changes.sha256 ?? null },
    });
    log.info({ exportId: row.id, state: changes.state }, 'export finished');
  }

  function known(exportId: string): ExportRow {
    const row = exports.row(exportId);
    if (!row) throw new VigieError('not-found', { what: 'export', id: exportId });
    return row;
  }

  return {
    start: (request, actor) =>
      commands.once({ id: request.commandId, call: 'exports.start', actor: actor.id }, () => {
        const document = deps.collect({
          liveId: request.liveId,
          locale: request.locale,
          timeZone: request.timeZone,
          by: actor.name,
        });
        const fileName = request.path ? path.basename(request.path) : exportFileName(document, request.format);
        const exportId = exports.insert({
          live_id: request.liveId,
          format: request.format,
          locale: request.locale,
          time_zone: request.timeZone,
          file_name: fileName,
          path: request.path ? path.resolve(request.path) : '',
          by_id: actor.id,
          by_name: actor.name,
        });
        // The folder carries the export's id: two exports of one live in one minute never overwrite each other.
        if (!request.path) exports.update(exportId, { path: path.join(deps.dataDir, 'exports', exportId, fileName) });
        jobs.enqueue({ kind: exportKind, key: `${exportKind}:${exportId}`, payload: { exportId }, lane: 1 });
        journal.append({
          kind: 'export.requested',
          subjectId: exportId,
          data: { liveId: request.liveId, format: request.format, state: 'waiting' },
          actor: actor.id,
        });
        return { exportId };
      }),
    get: (exportId) => exportOf(known(exportId), running.get(exportId)?.progressBp ?? 0),
    list: (options) => exports.list(options).map((row) => exportOf(row, running.get(row.id)?.progressBp ?? 0)),
    cancel(exportId) {
      const row = known(exportId);
      store.transaction(() => {
        if (jobs.cancel(`${exportKind}:${exportId}`)) finish(row, { state: 'cancelled' });
        else running.get(exportId)?.abort.abort(new VigieError('cancelled', {}));
      });
    },
    file(exportId) {
      const row = known(exportId);
      if (row.state !== 'done') throw new VigieError('not-found', { what: 'export file', id: exportId });
      return row;
    },
  };
}

/** Size of a finished export's file. @throws VigieError `not-found` when somebody moved it */
export async function sizeOfFile(row: ExportRow): Promise<number> {
  try {
    return (await stat(row.path)).size;
  } catch (error) {
    throw new VigieError('not-found', { what: 'export file', id: row.id }, { cause: error });
  }
}
