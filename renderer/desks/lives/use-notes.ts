import { useMutation } from '@tanstack/react-query';
import { newId } from '#shared/ids.ts';
import type { Note } from '#shared/model/note.ts';
import { timecode, useWords } from '../../i18n/index.ts';
import { engine } from '../../link/engine.ts';
import { problemText } from '../../link/problem.ts';
import { toast } from '../../parts/toast.tsx';

export type NoteActions = ReturnType<typeof useNoteActions>;

/** What can be done with the notes of a live; each thing says that it was done, and a removal how to take it back. */
export function useNoteActions(liveId: string) {
  const { t } = useWords();
  const onError = (error: unknown) => toast(problemText(error, t), { bad: true });
  const said = (note: Note) => t(note.text === '' ? 'notes.bookmarked' : 'notes.noted', { at: timecode(note.atMs) });
  const restore = useMutation({
    mutationFn: (note: Note) => engine.notes.restore({ noteId: note.id, commandId: newId(Date.now()) }),
    onSuccess: (note) => toast(t('notes.restored'), { id: `note ${note.id}` }),
    onError,
  });
  const remove = useMutation({
    mutationFn: (note: Note) => engine.notes.remove({ noteId: note.id, commandId: newId(Date.now()) }),
    onSuccess: (_answer, note) =>
      toast(t('notes.removed'), {
        id: `note ${note.id}`,
        action: { label: t('notes.undo'), run: () => restore.mutate(note) },
      }),
    onError,
  });
  const add = useMutation({
    mutationFn: (wish: { atMs: number | undefined; text: string }) =>
      engine.notes.add({ liveId, ...wish, commandId: newId(Date.now()) }),
    onSuccess: (note) =>
      toast(said(note), {
        id: `note ${note.id}`,
        action: { label: t('notes.undo'), run: () => remove.mutate(note) },
      }),
    onError,
  });
  const change = useMutation({
    mutationFn: ({ note, text }: { note: Note; text: string }) =>
      engine.notes.change({ noteId: note.id, text, basedOn: note.version, commandId: newId(Date.now()) }),
    onSuccess: (note) => toast(said(note), { id: `note ${note.id}` }),
    onError,
  });
  return { add, change, remove };
}
