import { Select, Textarea } from '@mantine/core';
import { IconArrowBackUp, IconBan, IconCheck, IconHandStop } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { decisionReasons, type DecisionReason } from '#shared/model/review.ts';
import { keyOf } from '../../keys/table.ts';
import { useWords } from '../../i18n/index.ts';
import { Button } from '../../parts/button.tsx';
import css from './decision-bar.module.css';

type Props = {
  /** The item still asks for an answer. */
  open: boolean;
  note: string;
  onNote: (note: string) => void;
  noteBox: RefObject<HTMLTextAreaElement | null>;
  reason: DecisionReason | null;
  onReason: (reason: DecisionReason | null) => void;
  reasonBox: RefObject<HTMLInputElement | null>;
  /** The list of reasons is open. */
  choosing: boolean;
  onChoosing: (choosing: boolean) => void;
  onDismiss: () => void;
  onExamined: () => void;
  onAction: () => void;
  onUndo: () => void;
};

/** The answers with their keys, and the note and reason that go with the next one. Escape leaves a field. */
export function DecisionBar(props: Props) {
  const { t } = useWords();
  const { open, note, onNote, noteBox, reason, onReason, reasonBox } = props;
  return (
    <footer className={css.bar} aria-label={t('review.decide')}>
      {open && (
        <div className={css.draft}>
          <Textarea
            ref={noteBox}
            className={css.note}
            aria-label={t('review.note')}
            placeholder={t('review.noteHint', { key: keyOf('note') })}
            value={note}
            maxLength={4000}
            autosize
            minRows={1}
            maxRows={4}
            onChange={(event) => onNote(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
              event.preventDefault();
              event.currentTarget.blur();
            }}
          />
          <Select
            ref={reasonBox}
            className={css.reason}
            aria-label={t('review.reason')}
            placeholder={t('review.reasonHint', { key: keyOf('reason') })}
            data={decisionReasons.map((value) => ({ value, label: t(`decisionReason.${value}`) }))}
            value={reason}
            openOnFocus={false}
            dropdownOpened={props.choosing}
            onDropdownOpen={() => props.onChoosing(true)}
            onDropdownClose={() => props.onChoosing(false)}
            allowDeselect
            clearable
            onChange={(value) => onReason(value as DecisionReason | null)}
            // Chosen or not: the keys decide again.
            onOptionSubmit={() => window.setTimeout(() => reasonBox.current?.blur())}
          />
        </div>
      )}
      <div className={css.answers}>
        <Button icon={<IconBan />} keyId="dismiss" disabled={!open} onClick={props.onDismiss}>
          {t('verdict.dismiss')}
        </Button>
        <Button icon={<IconCheck />} keyId="examined" disabled={!open} onClick={props.onExamined}>
          {t('verdict.review')}
        </Button>
        <Button look="main" icon={<IconHandStop />} keyId="action" disabled={!open} onClick={props.onAction}>
          {t('verdict.action')}
        </Button>
        <span className={css.space} />
        <Button look="quiet" icon={<IconArrowBackUp />} keyId="undo" onClick={props.onUndo}>
          {t('review.undo')}
        </Button>
      </div>
    </footer>
  );
}
