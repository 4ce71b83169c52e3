import { IconBookmark, IconNote, IconPencil, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Note } from '#shared/model/note.ts';
import { timecode, useWords } from '../../i18n/index.ts';
import { Button } from '../../parts/button.tsx';
import { PlayButton } from '../../parts/play-button.tsx';
import { notesQuery } from '../../stores/queries.ts';
import { NoteDialog } from './note-dialog.tsx';
import { useNoteActions } from './use-notes.ts';
import css from './notes.module.css';

/** How much is heard of a moment: from a little before it. */
const beforeMs = 5_000;
const afterMs = 10_000;

/** What people noted in a live, in its order: heard, gone to, changed and removed from here. */
export function NotesStrip({ liveId }: { liveId: string }) {
  const { t, format } = useWords();
  const navigate = useNavigate();
  const items = useQuery(notesQuery(liveId)).data?.items ?? [];
  const actions = useNoteActions(liveId);
  const [changed, setChanged] = useState<Note | null>(null);
  if (items.length === 0) return null;
  return (
    <section className={css.strip} aria-label={t('notes.title')}>
      <ul>
        {items.map((note) => (
          <li key={note.id} title={t('notes.by', { by: note.by, at: format.dateTime(note.changedAt) })}>
            <PlayButton
              stretch={{
                key: note.id,
                liveId,
                startMs: Math.max(0, note.atMs - beforeMs),
                endMs: note.atMs + afterMs,
              }}
              label={t('notes.play', { at: timecode(note.atMs) })}
            />
            <button
              type="button"
              className={css.go}
              onClick={() =>
                void navigate({ to: '/lives/$liveId', params: { liveId }, search: { at: note.number ?? undefined } })
              }
            >
              {note.text === '' ? <IconBookmark aria-hidden="true" /> : <IconNote aria-hidden="true" />}
              <span className="figure">{timecode(note.atMs)}</span>
              <span className={css.said}>{note.text === '' ? t('notes.bookmark') : note.text}</span>
            </button>
            <Button
              look="quiet"
              icon={<IconPencil />}
              aria-label={t('notes.change')}
              title={t('notes.change')}
              onClick={() => setChanged(note)}
            />
            <Button
              look="quiet"
              icon={<IconTrash />}
              aria-label={t('notes.remove')}
              title={t('notes.remove')}
              onClick={() => actions.remove.mutate(note)}
            />
          </li>
        ))}
      </ul>
      {changed && (
        <NoteDialog
          atMs={changed.atMs}
          text={changed.text}
          onKeep={(text) => actions.change.mutate({ note: changed, text })}
          onClose={() => setChanged(null)}
        />
      )}
    </section>
  );
}
