import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';
import type { ReviewItem } from '#shared/model/review.ts';
import { useWords } from '../../i18n/index.ts';
import { QueueRow } from './queue-row.tsx';
import type { QueueName } from './review-desk.tsx';
import css from './queue.module.css';

type Props = {
  name: QueueName;
  onName: (name: QueueName) => void;
  items: readonly ReviewItem[];
  /** All there are, also beyond those read. */
  total: number;
  pickedId: string | null;
  onPick: (itemId: string) => void;
  children: ReactNode;
};

const names: readonly QueueName[] = ['pending', 'decided'];

export function Queue({ name, onName, items, total, pickedId, onPick, children }: Props) {
  const { t, format } = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 84,
    overscan: 6,
    getItemKey: (index) => items[index]!.id,
  });
  const pickedIndex = items.findIndex((item) => item.id === pickedId);
  useEffect(() => {
    if (pickedIndex >= 0) rows.scrollToIndex(pickedIndex, { align: 'auto' });
  }, [pickedIndex, rows]);
  return (
    <section className={css.queue} aria-label={t('review.queue')}>
      <div className={css.tabs} role="tablist">
        {names.map((one) => (
          <button key={one} type="button" role="tab" aria-selected={one === name} onClick={() => onName(one)}>
            {t(`review.list.${one}`)}
            {one === 'pending' && name === 'pending' && <b className="figure"> {format.integer(total)}</b>}
          </button>
        ))}
      </div>
      {children}
      <div
        ref={scroller}
        className={css.scroll}
        role="listbox"
        tabIndex={0}
        aria-label={t(`review.list.${name}`)}
        aria-activedescendant={pickedId === null ? undefined : `item-${pickedId}`}
      >
        <div className={css.rows} style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => {
            const item = items[row.index]!;
            return (
              <div
                key={row.key}
                ref={rows.measureElement}
                data-index={row.index}
                className={css.place}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <QueueRow item={item} picked={item.id === pickedId} onPick={() => onPick(item.id)} />
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
}
