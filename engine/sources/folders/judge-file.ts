import type { WaitReason } from '#shared/model/folder.ts';

/** A file as one look saw it. `changedAt`: epoch ms of its last change. */
export type Seen = { path: string; sizeBytes: number; changedAt: number };

/** How long a file has looked the same, ms of the monotonic clock. */
export type Sighting = { sizeBytes: number; changedAt: number; sinceMs: number };

/** A file that has not grown for this long is whole, unless another program still holds it. */
export const settleMs = 10_000;

/**
 * Whether a file that nobody knows yet is whole. Only what was seen to stay the same counts, never its date: copies carry the date of
 * their original.
 */
export function judgeFile(
  seen: Seen,
  before: Sighting | undefined,
  nowMs: number,
): { sighting: Sighting; wait: Extract<WaitReason, 'growing' | 'empty'> | null } {
  const same = before && before.sizeBytes === seen.sizeBytes && before.changedAt === seen.changedAt;
  const sighting = same ? before : { sizeBytes: seen.sizeBytes, changedAt: seen.changedAt, sinceMs: nowMs };
  if (nowMs - sighting.sinceMs < settleMs) return { sighting, wait: 'growing' };
  return { sighting, wait: seen.sizeBytes === 0 ? 'empty' : null };
}

/** Which of the known rows a file that came under a new name was before: the same size and date, and nothing under the old name any more. */
export function renamedFrom<R extends { path: string; size_bytes: number; changed_at: number }>(
  seen: Seen,
  known: readonly R[],
  present: ReadonlySet<string>,
): R | null {
  return (
    known.find(
      (row) => row.size_bytes === seen.sizeBytes && row.changed_at === seen.changedAt && !present.has(row.path),
    ) ?? null
  );
}
