import { readFile } from 'node:fs/promises';
import { VigieError } from '#shared/errors.ts';
import type { ExportFormat } from '#shared/model/export.ts';
import type { Implementer } from '../carriers/implement.ts';
import { type ExportsService, sizeOfFile } from './exports-service.ts';

const maxDownloadBytes = 64 * 1024 * 1024;

export const mimeOf: Record<ExportFormat, string> = {
  pdf: 'application/pdf',
  srt: 'application/x-subrip',
  vtt: 'text/vtt',
  csv: 'text/csv',
  json: 'application/json',
  txt: 'text/plain',
};

/** Handlers of `contract.exports`. `timeZone` is the one of this machine when a caller gives none. */
export function exportsApi(os: Implementer, deps: { service: ExportsService; timeZone: string }) {
  const { service } = deps;
  return {
    start: os.exports.start.handler(({ input, context }) => {
      const timeZone = input.timeZone ?? deps.timeZone;
      if (!isTimeZone(timeZone)) throw new VigieError('bad-input', { problem: 'timeZone: not an IANA time zone' });
      return service.start({ ...input, timeZone }, context.actor);
    }),
    get: os.exports.get.handler(({ input }) => service.get(input.exportId)),
    list: os.exports.list.handler(({ input }) => ({ items: service.list(input) })),
    cancel: os.exports.cancel.handler(({ input }) => {
      service.cancel(input.exportId);
      return {};
    }),
    download: os.exports.download.handler(async ({ input }) => {
      const row = service.file(input.exportId);
      if ((await sizeOfFile(row)) > maxDownloadBytes)
        throw new VigieError('too-large', { what: row.file_name, limitBytes: maxDownloadBytes });
      return {
        fileName: row.file_name,
        mime: mimeOf[row.format],
        base64: (await readFile(row.path)).toString('base64'),
      };
    }),
  };
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    // RangeError is how Intl says that it does not know the zone.
    return false;
  }
}
