import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState, type ReactNode } from 'react';
import type { DecisionReason, ReviewItem } from '#shared/model/review.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { useWords } from '../../i18n/index.ts';
import { decide, undoDecision, undoLast, type Answer } from '../../stores/outbox.ts';
import { itemQuery } from '../../stores/queries.ts';
import { togglePlay } from '../../stores/sound.ts';
import { ActionForm } from './action-form.tsx';
import { announce, nothingToUndo } from './announce.ts';
import { DecisionBar } from './decision-bar.tsx';
import { ItemDetail } from './item-detail.tsx';
import css from './workplace.module.css';

type Props = {
  item: ReviewItem | null;
  onLeave: (item: ReviewItem) => void;
  onUndone: (itemId: string) => void;
  onStep: (by: number) => void;
  onOtherList: () => void;
  children: ReactNode;
};

/** The item in front of the person: its detail, their draft, and every key that works on it. */
export function Workplace({ item, onLeave, onUndone, onStep, onOtherList, children }: Props) {
  const { t } = useWords();
  const navigate = useNavigate();
  const detail = useQuery({ ...itemQuery(item?.id ?? ''), enabled: item !== null });
  const [note, setNote] = useState('');
  const [reason, setReason] = useState<DecisionReason | null>(null);
  const [acting, setActing] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const noteBox = useRef<HTMLTextAreaElement>(null);
  const reasonBox = useRef<HTMLInputElement>(null);
  const open = item !== null && item.status === 'pending';

  const undo = () => {
    const last = undoLast();
    const recorded = item?.decision;
    if (last) {
      void last.outcome.then((outcome) => {
        announce(outcome, t);
        if (outcome.kind === 'undone') onUndone(last.itemId);
      });
    } else if (item && recorded && recorded.undoneAt === null) {
      const { verdict } = recorded;
      const sent = {
        itemId: item.id,
        liveTitle: item.alert.liveTitle,
        verdict,
        basedOn: item.version,
        commandId: '',
        state: 'done',
        decision: recorded,
        version: item.version,
      } as const;
      void undoDecision(recorded.id, sent).then((outcome) => {
        announce(outcome, t);
        if (outcome.kind === 'undone') onUndone(item.id);
      });
    } else nothingToUndo(t);
  };
  const answer = (given: Answer) => {
    if (!item || !open) return;
    setActing(false);
    const outcome = decide(item, { ...given, note: note.trim() || undefined, reason: reason ?? undefined });
    onLeave(item);
    void outcome.then((ended) => announce(ended, t, undo));
  };
  const play = () => {
    if (item)
      void togglePlay({
        key: item.alert.segmentId,
        liveId: item.alert.liveId,
        startMs: item.alert.startMs,
        endMs: item.alert.endMs,
      });
  };
  useKeys('review', {
    itemNext: () => onStep(1),
    itemPrevious: () => onStep(-1),
    otherList: onOtherList,
    undo,
    ...(item && {
      play,
      openLive: () =>
        void navigate({
          to: '/lives/$liveId',
          params: { liveId: item.alert.liveId },
          search: { at: item.alert.segmentNumber },
        }),
    }),
    ...(open && {
      dismiss: () => answer({ verdict: 'dismiss' }),
      examined: () => answer({ verdict: 'review' }),
      action: () => setActing(true),
      note: () => noteBox.current?.focus(),
      reason: () => {
        reasonBox.current?.focus();
        setChoosing(true);
      },
    }),
  });

  if (!item) return <section className={css.place}>{children}</section>;
  return (
    <section className={css.place} aria-label={t('review.item')}>
      <ItemDetail item={item} detail={detail.data ?? null} error={detail.error} onRetry={() => void detail.refetch()} />
      <DecisionBar
        open={open}
        note={note}
        onNote={setNote}
        noteBox={noteBox}
        reason={reason}
        onReason={setReason}
        reasonBox={reasonBox}
        choosing={choosing}
        onChoosing={setChoosing}
        onDismiss={() => answer({ verdict: 'dismiss' })}
        onExamined={() => answer({ verdict: 'review' })}
        onAction={() => setActing(true)}
        onUndo={undo}
      />
      <ActionForm
        opened={acting}
        onClose={() => setActing(false)}
        onConfirm={({ statement, stopCapture }) => answer({ verdict: 'action', statement, stopCapture })}
      />
    </section>
  );
}
