import type { VigieError } from '#shared/errors.ts';
import { createLogFile } from '../log-file.ts';

/**
 * Writes a defect of the command line whole (stack, causes) to the log of the data folder, with the reference that the user
 * sees. Where there is no folder to write to, or VIGIE_DEBUG asks for it, the stack goes to standard error.
 */
export function logDefect(error: VigieError, dataDir: string | null): void {
  if (dataDir !== null && !process.env.VIGIE_DEBUG) {
    try {
      createLogFile(dataDir).error({ err: error, reference: error.data }, 'command failed');
      return;
    } catch (unwritable) {
      process.stderr.write(`${String(unwritable)}\n`);
    }
  }
  process.stderr.write(`${stackOf(error)}\n`);
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
