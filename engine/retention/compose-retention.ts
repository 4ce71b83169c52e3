import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { listSpool } from '../capture/spool-read.ts';
import type { Store } from '../db/store.ts';
import type { Journal } from '../journal/journal.ts';
import { createSoundEraser } from './sound-eraser.ts';
import { bytesPerMs, createSoundService } from './sound-service.ts';
import { createSoundStore } from './sound-store.ts';

const hourMs = 3_600_000;

/** What becomes of sound that nobody needs any more, put together. */
export function composeRetention(by: {
  store: Store;
  journal: Journal;
  clock: Clock;
  log: Log;
  dataDir: string;
  settings(): { dropSoundAfterHours: number };
}) {
  const sound = createSoundStore(by.store, by.clock);
  const service = createSoundService({ ...by, sound });
  const spoolDir = (liveId: string) => path.join(by.dataDir, 'spool', liveId);
  const eraser = createSoundEraser({
    ...by,
    sound,
    service,
    spoolDir,
    afterMs: () => by.settings().dropSoundAfterHours * hourMs,
  });
  return {
    service,
    eraser,
    /** How much of the disk the sound of all lives takes. */
    async soundUse() {
      const folders = await readdir(path.join(by.dataDir, 'spool')).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return [];
        throw error;
      });
      let bytes = 0;
      let lives = 0;
      for (const folder of folders) {
        const files = await listSpool(spoolDir(folder));
        if (files.length === 0) continue;
        lives += 1;
        for (const { startMs, endMs } of files) bytes += (endMs - startMs) * bytesPerMs;
      }
      return { bytes, lives };
    },
  };
}
