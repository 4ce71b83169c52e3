import { VigieError } from '#shared/errors.ts';

/** The disk has refused sound for so long that a live is let go until it takes sound again. */
export class DiskRefusal extends Error {}

const codes = new Set([
  'ENOSPC',
  'EDQUOT',
  'EROFS',
  'EACCES',
  'EPERM',
  'EIO',
  'ENOENT',
  'EMFILE',
  'ENFILE',
  'EFBIG',
  'ENOTDIR',
  // The database on the same disk.
  'SQLITE_FULL',
]);

const codeOf = (cause: unknown): string => String((cause as NodeJS.ErrnoException | null)?.code ?? 'unknown');

/** Whether waiting may help: the file system or the database refuses to grow. */
export const isDiskTrouble = (cause: unknown): boolean =>
  codes.has(codeOf(cause)) || (cause instanceof VigieError && cause.code === 'disk-full');

/** Whether it refuses for want of room. */
export const isNoRoom = (cause: unknown): boolean =>
  ['ENOSPC', 'EDQUOT', 'SQLITE_FULL', 'disk-full'].includes(codeOf(cause));

/** The refusal as an error of the list, for a folder that cannot be used at all. */
export function diskError(path: string, cause: unknown): VigieError {
  if (isNoRoom(cause)) return new VigieError('disk-full', { path }, { cause });
  return new VigieError('data-folder-unusable', { path, detail: codeOf(cause) }, { cause });
}
