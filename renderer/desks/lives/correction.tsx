import { Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { newId } from '#shared/ids.ts';
import { mostEditChars } from '#shared/model/note.ts';
import type { Segment } from '#shared/model/segment.ts';
import { useWords } from '../../i18n/index.ts';
import { engine } from '../../link/engine.ts';
import { problemText } from '../../link/problem.ts';
import { Button } from '../../parts/button.tsx';
import { Problem } from '../../parts/notice.tsx';
import { toast } from '../../parts/toast.tsx';
import css from './correction.module.css';

/**
 * A person's reading of a segment, typed in its place. What the recogniser wrote stays and stays in sight, and so does its verdict; the change
 * can be taken back at once and at any time.
 */
export function CorrectionForm({ segment, onClose }: { segment: Segment; onClose: () => void }) {
  const { t } = useWords();
  const [text, setText] = useState(segment.edited?.text ?? segment.text);
  // The version that was on screen when the typing began, not one that came since.
  const [seen] = useState(segment.edited?.version ?? null);
  const save = useMutation({
    mutationFn: async (wanted: string | null) => {
      // Without an edit in force there may still be earlier ones.
      const basedOn = seen ?? (await engine.notes.edits({ segmentId: segment.id })).items[0]?.version ?? 0;
      return await engine.notes.editSegment({
        segmentId: segment.id,
        text: wanted,
        basedOn,
        commandId: newId(Date.now()),
      });
    },
    onSuccess(after) {
      onClose();
      toast(t(after.edited ? 'correction.kept' : 'correction.takenBack'), {
        id: `correction ${segment.id}`,
        action: { label: t('notes.undo'), run: () => void undo(after, segment.edited?.text ?? null, t) },
      });
    },
  });
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    const wanted = text.trim();
    if (wanted !== '' && !save.isPending) save.mutate(wanted);
  };
  return (
    <form className={css.form} onSubmit={submit} onClick={(event) => event.stopPropagation()}>
      <Textarea
        aria-label={t('correction.text', { number: segment.number })}
        value={text}
        maxLength={mostEditChars}
        autosize
        autoFocus
        lang={segment.language ?? undefined}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault();
            submit();
          }
          if (event.key === 'Escape') {
            event.stopPropagation();
            onClose();
          }
        }}
      />
      {save.error && <Problem error={save.error} />}
      <div className={css.buttons}>
        <Button type="submit" look="main" busy={save.isPending} disabled={text.trim() === ''}>
          {t('correction.keep')}
        </Button>
        <Button onClick={onClose}>{t('correction.leave')}</Button>
        {segment.edited && <Button onClick={() => save.mutate(null)}>{t('correction.original')}</Button>}
        <span className="faint label">{t('correction.hint')}</span>
      </div>
    </form>
  );
}

async function undo(after: Segment, before: string | null, t: ReturnType<typeof useWords>['t']): Promise<void> {
  try {
    const basedOn = after.edited?.version ?? (await engine.notes.edits({ segmentId: after.id })).items[0]?.version ?? 0;
    await engine.notes.editSegment({ segmentId: after.id, text: before, basedOn, commandId: newId(Date.now()) });
    toast(t('correction.undone'), { id: `correction ${after.id}` });
  } catch (error) {
    toast(problemText(error, t), { bad: true });
  }
}
