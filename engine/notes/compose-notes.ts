import type { Implementer } from '../carriers/implement.ts';
import type { Clock } from '../base/clock.ts';
import type { Commands } from '../db/commands.ts';
import type { Store } from '../db/store.ts';
import type { Journal } from '../journal/journal.ts';
import type { LivesStore } from '../lives/lives-store.ts';
import type { SegmentsStore } from '../lives/segments-store.ts';
import { createEditsStore } from './edits-store.ts';
import { notesApi } from './notes-api.ts';
import { createNotesService } from './notes-service.ts';
import { createNotesStore } from './notes-store.ts';

/** What people add to transcripts, put together. */
export function composeNotes(by: {
  store: Store;
  lives: LivesStore;
  segments: SegmentsStore;
  journal: Journal;
  commands: Commands;
  clock: Clock;
}) {
  const notes = createNotesStore(by.store, by.clock);
  const service = createNotesService({ ...by, notes, edits: createEditsStore(by.store, by.clock) });
  return { notes, api: (os: Implementer) => notesApi(os, { service, commands: by.commands }) };
}
