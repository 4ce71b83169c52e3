import { toVigieError } from '#shared/contract/errors.ts';
import { errorCodes, errorData, VigieError } from '#shared/errors.ts';
import { newId } from '#shared/ids.ts';
import type { ExportFormat, ExportRecord } from '#shared/model/export.ts';
import type { Connection } from '../connect.ts';
import { percentText } from '../output/figures.ts';
import { ask, readFeed } from './follow/feed.ts';
import type { Shell } from './shell.ts';

export type ExportWish = { liveId: string; format: ExportFormat; path?: string };

/**
 * Has the engine write one export and waits for it.
 * @throws VigieError `export-failed`, `cancelled`, `not-found` (the live)
 */
export async function writeExport(
  shell: Shell,
  connection: Connection,
  { liveId, format, path }: ExportWish,
): Promise<ExportRecord> {
  const { output, world } = shell;
  const { say } = output;
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const { seq } = await ask(connection, (client) => client.system.status());
  // One command id for both tries of `ask`: asking twice makes one export.
  const commandId = newId(world.now());
  const { exportId } = await ask(connection, (client) =>
    client.exports.start({ liveId, format, locale: say.locale, timeZone, path, commandId }),
  );
  const state = () => ask(connection, (client) => client.exports.get({ exportId }));
  const isOver = ({ state }: ExportRecord) => state !== 'waiting' && state !== 'running';

  let record = await state();
  if (!isOver(record)) {
    output.progress(say('progress.export', { format, percent: percentText(record.progressBp / 10_000, say.locale) }));
    try {
      for await (const event of readFeed(connection, seq, () => output.notice(say('notice.reconnecting')))) {
        const news = event.type === 'behind' || (event.type === 'fact' && event.fact.subjectId === exportId);
        if (!news) continue;
        record = await state();
        if (isOver(record)) break;
      }
    } finally {
      output.progress(null);
    }
  }
  switch (record.state) {
    case 'done':
      return record;
    case 'cancelled':
      throw new VigieError('cancelled', {});
    default:
      throw problemOf(record);
  }
}

/**
 * Why an export failed. The engine keeps the problem as text; where that text is a failure of the closed list
 * (`code: data`, as VigieError writes its message), it becomes that failure again, with its own sentence.
 */
export function problemOf({ format, problem }: Pick<ExportRecord, 'format' | 'problem'>): VigieError {
  const unknown = new VigieError('export-failed', { format, detail: problem ?? '?' });
  const [, code, json] = /^([a-z-]+): (\{.*\})$/s.exec(problem ?? '') ?? [];
  const known = errorCodes.find((one) => one === code);
  if (!known || json === undefined) return unknown;
  try {
    const data = errorData[known].safeParse(JSON.parse(json));
    return data.success ? new VigieError(known, data.data) : unknown;
  } catch (error) {
    // Cut off at the length that the engine keeps: the text itself is then the best there is.
    if (error instanceof SyntaxError) return unknown;
    throw error;
  }
}

/** The error behind a failed folder or file operation of our own, as a failure of that export. */
export function exportFailure(format: string, raw: unknown): VigieError {
  const error = toVigieError(raw);
  if (error instanceof VigieError) return error;
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return new VigieError('export-failed', { format, detail: path ? `${code}: ${path}` : code }, { cause: error });
}
