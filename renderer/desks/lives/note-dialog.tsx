import { Modal, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { mostNoteChars } from '#shared/model/note.ts';
import { timecode, useWords } from '../../i18n/index.ts';
import { Button } from '../../parts/button.tsx';
import css from './notes.module.css';

/** Writes a note on a moment, or changes one. Nothing typed: a bookmark. */
export function NoteDialog(given: {
  /** Null: now, wherever the live is by then. */
  atMs: number | null;
  text: string;
  onKeep: (text: string) => void;
  onClose: () => void;
}) {
  const { t } = useWords();
  const [text, setText] = useState(given.text);
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    given.onKeep(text.trim());
    given.onClose();
  };
  return (
    <Modal
      opened
      onClose={given.onClose}
      title={given.atMs === null ? t('notes.titleNow') : t('notes.titleAt', { at: timecode(given.atMs) })}
    >
      <form onSubmit={submit}>
        <Textarea
          aria-label={t('notes.text')}
          placeholder={t('notes.hint')}
          value={text}
          maxLength={mostNoteChars}
          autosize
          minRows={3}
          maxRows={12}
          data-autofocus
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
          }}
        />
        <div className={css.buttons}>
          <span className="faint label">{t('notes.keyHint')}</span>
          <Button type="submit" look="main">
            {t('notes.keep')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
