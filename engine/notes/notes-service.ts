import { VigieError } from '#shared/errors.ts';
import type { Note, SegmentEdit } from '#shared/model/note.ts';
import type { Segment } from '#shared/model/segment.ts';
import type { Clock } from '../base/clock.ts';
import type { Journal } from '../journal/journal.ts';
import type { LivesStore } from '../lives/lives-store.ts';
import type { SegmentsStore } from '../lives/segments-store.ts';
import type { EditsStore } from './edits-store.ts';
import type { NotesStore } from './notes-store.ts';

export type NotesService = ReturnType<typeof createNotesService>;

/** Notes on moments, and people's readings of segments. Each command is called inside the transaction that remembers its answer. */
export function createNotesService(deps: {
  notes: NotesStore;
  edits: EditsStore;
  lives: LivesStore;
  segments: SegmentsStore;
  journal: Journal;
  clock: Clock;
}) {
  const { notes, edits, lives, segments, journal, clock } = deps;

  const liveRow = (liveId: string) => {
    const live = lives.row(liveId);
    if (!live) throw new VigieError('not-found', { what: 'live', id: liveId });
    return live;
  };
  const known = (noteId: string): Note => {
    const found = notes.get(noteId);
    if (!found) throw new VigieError('not-found', { what: 'note', id: noteId });
    return found;
  };
  const segmentOf = (segmentId: string): Segment => {
    const found = segments.get(segmentId);
    if (!found) throw new VigieError('not-found', { what: 'segment', id: segmentId });
    return found;
  };

  return {
    list(liveId: string): Note[] {
      liveRow(liveId);
      return notes.ofLive(liveId);
    },
    /** @param atMs undefined: at the end of what was heard. @throws VigieError `not-found` */
    add(liveId: string, atMs: number | undefined, text: string, actor: string): Note {
      const live = liveRow(liveId);
      const id = notes.insert({ liveId, atMs: atMs ?? live.captured_ms, text, by: actor });
      journal.append({ kind: 'note.added', subjectId: id, data: { liveId }, actor });
      return known(id);
    },
    /** @throws VigieError `not-found`, `note-changed` */
    change(noteId: string, text: string, basedOn: number, actor: string): Note {
      const before = known(noteId);
      if (before.version !== basedOn) throw new VigieError('note-changed', { by: before.by, at: before.changedAt });
      if (before.text === text) return before;
      notes.update(noteId, { text, by_id: actor, version: before.version + 1, changed_at: clock.now() });
      journal.append({ kind: 'note.changed', subjectId: noteId, data: { liveId: before.liveId }, actor });
      return known(noteId);
    },
    remove(noteId: string, actor: string): void {
      const { liveId } = known(noteId);
      notes.update(noteId, { removed_at: clock.now() });
      journal.append({ kind: 'note.removed', subjectId: noteId, data: { liveId }, actor });
    },
    restore(noteId: string, actor: string): Note {
      const row = notes.row(noteId);
      if (!row) throw new VigieError('not-found', { what: 'note', id: noteId });
      if (row.removed_at !== null) {
        notes.update(noteId, { removed_at: null });
        journal.append({ kind: 'note.restored', subjectId: noteId, data: { liveId: row.live_id }, actor });
      }
      return known(noteId);
    },
    /** @throws VigieError `not-found`, `not-written-yet`, `text-changed` */
    editSegment(segmentId: string, text: string | null, basedOn: number, actor: string): Segment {
      const segment = segmentOf(segmentId);
      const row = segments.row(segmentId);
      if (!row) throw new Error('a segment just read cannot be read');
      if (segment.state === 'heard') throw new VigieError('not-written-yet', { number: segment.number });
      const [newest] = edits.ofSegment(segmentId);
      const version = newest?.version ?? 0;
      if (version !== basedOn) throw new VigieError('text-changed', { by: newest?.by ?? '', at: newest?.at ?? 0 });
      // What the recogniser wrote itself is no reading of it.
      const reading = text === segment.text ? null : text;
      if (reading === (segment.edited?.text ?? null)) return segment;
      edits.add(row, { version: version + 1, text: reading, by: actor });
      const { liveId, number } = segment;
      journal.append({
        kind: 'segment.edited',
        subjectId: segmentId,
        data: { liveId, number, version: version + 1, takenBack: reading === null },
        actor,
      });
      return segmentOf(segmentId);
    },
    edits(segmentId: string): { original: string; items: SegmentEdit[] } {
      return { original: segmentOf(segmentId).text, items: edits.ofSegment(segmentId) };
    },
  };
}
