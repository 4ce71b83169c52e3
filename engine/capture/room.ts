import type { DiskRoom } from '#shared/model/system.ts';
import { bytesPerMs } from './pcm.ts';

/** Kept back from sound, so that decisions, verdicts and words can still be written. */
export const reserveBytes = 32 * 1024 * 1024;
/** What must be free beyond the reserve before sound is taken again: not one second at a time. */
const returnBytes = 16 * 1024 * 1024;
const lowMinutes = 60;
/** The warning ends only well above where it began. */
const fineMinutes = 75;

/** Minutes of sound that the disk still takes from so many captures at once; null: none runs. */
export function minutesOf(freeBytes: number, captures: number): number | null {
  if (captures === 0) return null;
  const bytesPerMinute = 60_000 * bytesPerMs * captures;
  return Math.max(0, Math.floor((freeBytes - reserveBytes) / bytesPerMinute));
}

/** What the room for sound is now, given what it was. `freeBytes` null: the file system does not say, and is asked by writing. */
export function roomAfter(before: DiskRoom['state'], freeBytes: number | null, captures: number): DiskRoom {
  if (freeBytes === null) return { state: 'ok', minutesLeft: null };
  const minutesLeft = minutesOf(freeBytes, captures);
  if (freeBytes < reserveBytes + (before === 'full' ? returnBytes : 0)) return { state: 'full', minutesLeft };
  const low = minutesLeft !== null && minutesLeft < (before === 'ok' ? lowMinutes : fineMinutes);
  return { state: low ? 'low' : 'ok', minutesLeft };
}
