import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { VigieError } from '#shared/errors.ts';

/**
 * Answers when `file` is the absolute path of a program that may be run. On Windows the file's being there is all that can be asked.
 * @throws VigieError `program-unusable`
 */
export async function checkExecutable(program: string, file: string): Promise<void> {
  const refuse = (problem: 'not-set' | 'relative' | 'not-found' | 'not-a-file' | 'not-executable', cause?: unknown) =>
    new VigieError('program-unusable', { program, path: file, problem }, { cause });
  if (file === '') throw refuse('not-set');
  if (!path.isAbsolute(file)) throw refuse('relative');
  const found = await stat(file).catch((cause: unknown) => {
    throw refuse('not-found', cause);
  });
  if (!found.isFile()) throw refuse('not-a-file');
  await access(file, constants.X_OK).catch((cause: unknown) => {
    throw refuse('not-executable', cause);
  });
}
