import path from 'node:path';
import Database from 'better-sqlite3';

export type Wait = { lane: number; heardAt: number; writtenAt: number | null; soundMs: number; state: string };
export type Wordiness = { words: number; speechMs: number };

/** What each segment that held sound waited for its words, from the database of an engine, in the order they were cut. */
export function waitsOf(dataDir: string): Wait[] {
  const db = new Database(path.join(dataDir, 'vigie.sqlite'), { readonly: true });
  try {
    const sql = `SELECT lane, heard_at AS heardAt, written_at AS writtenAt, end_ms - start_ms AS soundMs, state FROM segments
      WHERE state <> 'silent' OR processing_ms IS NOT NULL ORDER BY heard_at`;
    return db.prepare<[], Wait>(sql).all();
  } finally {
    db.close();
  }
}

/** How many words were written of how much voice, of what was cut in a stretch of time and has its words. */
export function wordinessOf(dataDir: string, from: number, to: number): Wordiness {
  const db = new Database(path.join(dataDir, 'vigie.sqlite'), { readonly: true });
  try {
    const sql = `SELECT coalesce(sum(json_array_length(words)), 0) AS words, coalesce(sum(speech_ms), 0) AS speechMs
      FROM segments WHERE heard_at >= ? AND heard_at < ? AND written_at IS NOT NULL`;
    return db.prepare<[number, number], Wordiness>(sql).get(from, to)!;
  } finally {
    db.close();
  }
}

/**
 * How long words took, ms, of what was cut in a stretch of time; what never got any counts up to `now`.
 * @returns nearest-rank percentiles
 */
export function lateness(
  waits: readonly Wait[],
  from: number,
  to: number,
): { p50: number; p95: number; count: number } {
  const took = waits
    .filter(({ heardAt }) => heardAt >= from && heardAt < to)
    .map(({ heardAt, writtenAt }) => (writtenAt ?? to) - heardAt)
    .toSorted((a, b) => a - b);
  const at = (part: number) => took[Math.max(0, Math.ceil(part * took.length) - 1)] ?? 0;
  return { p50: at(0.5), p95: at(0.95), count: took.length };
}
