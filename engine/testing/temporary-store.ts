import { onTestFinished } from 'vitest';
import { createClockDouble } from '../base/clock-double.ts';
import { silentLog } from '../base/log.ts';
import { openStore } from '../db/open-store.ts';
import { createJournal } from '../journal/journal.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A real database file with every migration, its journal, and a clock that stands still. */
export function temporaryStore() {
  const dataDir = temporaryFolder();
  const clock = createClockDouble();
  const opened = openStore({ dataDir, clock, log: silentLog });
  onTestFinished(() => {
    if (opened.store.raw.open) opened.close();
  });
  return {
    dataDir,
    clock,
    log: silentLog,
    store: opened.store,
    close: opened.close,
    journal: createJournal(opened.store, clock),
  };
}
