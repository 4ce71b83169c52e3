import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { VigieError } from '#shared/errors.ts';
import type { Clock } from './base/clock.ts';
import { makeFolder } from './base/make-folder.ts';
import type { OwnerKind } from './options.ts';

const ownerRecord = z.object({
  pid: z.number().int(),
  kind: z.string(),
  startedAt: z.number().int(),
  port: z.number().int().nullable(),
  token: z.string().nullable(),
});
export type Owner = z.infer<typeof ownerRecord>;

const recordPath = (dataDir: string) => path.join(dataDir, 'owner.json');

/** Who owns the folder, as its owner wrote it; null when nobody did. It may be stale after a crash: the lock decides. */
export function readOwner(dataDir: string): Owner | null {
  let text: string;
  try {
    text = readFileSync(recordPath(dataDir), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new VigieError(
      'data-folder-unusable',
      { path: dataDir, detail: String((error as NodeJS.ErrnoException).code) },
      { cause: error },
    );
  }
  const parsed = ownerRecord.safeParse(parseJson(text));
  return parsed.success ? parsed.data : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Half-written by an owner that was killed: as good as absent, the lock below tells whether it lives.
    return null;
  }
}

/**
 * Makes this process the only engine on the folder until `release`, or until it dies: the lock is an open exclusive
 * SQLite transaction, which the operating system takes back from a killed process, so it is never stale.
 * @throws VigieError `data-folder-owned` at once when another engine holds it, `data-folder-unusable`
 */
export function takeOwnership(options: { dataDir: string; kind: OwnerKind; clock: Clock }): {
  announce(endpoint: { port: number; token: string }): void;
  release(): void;
} {
  const { dataDir, kind, clock } = options;
  let lock: Database.Database;
  try {
    makeFolder(dataDir, 0o700);
    lock = new Database(path.join(dataDir, 'owner.lock'), { timeout: 0 });
  } catch (error) {
    throw new VigieError('data-folder-unusable', { path: dataDir, detail: (error as Error).message }, { cause: error });
  }
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') {
      throw new VigieError(
        'data-folder-unusable',
        { path: dataDir, detail: (error as Error).message },
        { cause: error },
      );
    }
    const owner = readOwner(dataDir);
    throw new VigieError('data-folder-owned', {
      path: dataDir,
      ownerPid: owner?.pid ?? 0,
      ownerKind: owner?.kind ?? 'unknown',
    });
  }

  const record: Owner = { pid: process.pid, kind, startedAt: clock.now(), port: null, token: null };
  const write = (owner: Owner) => {
    writeFileSync(recordPath(dataDir), JSON.stringify(owner), { mode: 0o600 });
    // The mode above only counts for a new file, and this one holds a token.
    chmodSync(recordPath(dataDir), 0o600);
  };
  try {
    write(record);
  } catch (error) {
    lock.close();
    throw new VigieError('data-folder-unusable', { path: dataDir, detail: (error as Error).message }, { cause: error });
  }
  return {
    announce: ({ port, token }) => write({ ...record, port, token }),
    release() {
      rmSync(recordPath(dataDir), { force: true });
      lock.close();
    },
  };
}
