import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ReviewItem } from '#shared/model/review.ts';
import { useWords } from '../../i18n/index.ts';
import { Empty, Problem, Reading } from '../../parts/notice.tsx';
import { DeskTitle } from '../../shell/desk-title.tsx';
import { neighbour, stillPending } from '../../stores/outbox-fold.ts';
import { useOutbox } from '../../stores/outbox.ts';
import { decidedQuery, itemQuery, pendingQuery } from '../../stores/queries.ts';
import { Queue } from './queue.tsx';
import { Workplace } from './workplace.tsx';
import css from './review-desk.module.css';

export type QueueName = 'pending' | 'decided';

/** The queue on the left, the item in front of the person on the right. All of it works without the mouse. */
export function ReviewDesk() {
  const { t } = useWords();
  const queries = useQueryClient();
  const [name, setName] = useState<QueueName>('pending');
  const [pickedId, setPickedId] = useState<string | null>(null);
  const [place, setPlace] = useState(0);
  const outbox = useOutbox((state) => state.outbox);
  const pending = useQuery(pendingQuery());
  const decided = useQuery({ ...decidedQuery(), enabled: name === 'decided' });
  const query = name === 'pending' ? pending : decided;
  const items = name === 'pending' ? stillPending(pending.data?.items ?? [], outbox) : (decided.data?.items ?? []);

  // An item that someone else decided leaves the list: the one that took its place is next.
  const found = items.findIndex((item) => item.id === pickedId);
  const index = found === -1 ? Math.min(place, items.length - 1) : found;
  const item = items[index] ?? null;
  useEffect(() => {
    if (found !== -1) setPlace(found);
  }, [found]);
  const nextId = items[index + 1]?.id;
  useEffect(() => {
    // Read ahead by one, so that the next item is there when the key goes down.
    if (nextId && name === 'pending') void queries.prefetchQuery(itemQuery(nextId));
  }, [queries, nextId, name]);

  const step = (by: number) => {
    const next = items[Math.min(Math.max(0, index + by), items.length - 1)];
    if (next) setPickedId(next.id);
  };
  const leave = (decidedItem: ReviewItem) => setPickedId(neighbour(items, decidedItem.id));
  const show = (itemId: string) => {
    setName('pending');
    setPickedId(itemId);
  };
  const total =
    name === 'pending'
      ? (pending.data?.pending ?? 0) - ((pending.data?.items.length ?? 0) - items.length)
      : items.length;
  return (
    <>
      <DeskTitle plain={t('desk.review')} />
      <div className={css.desk}>
        <Queue
          name={name}
          onName={setName}
          items={items}
          total={total}
          pickedId={item?.id ?? null}
          onPick={setPickedId}
        >
          {query.error && <Problem error={query.error} onRetry={() => void query.refetch()} busy={query.isFetching} />}
          {!query.data && !query.error && <Reading />}
        </Queue>
        <Workplace
          // Drafts of one item must not reach another.
          key={item?.id ?? 'none'}
          item={item}
          onLeave={leave}
          onUndone={show}
          onStep={step}
          onOtherList={() => setName(name === 'pending' ? 'decided' : 'pending')}
        >
          {query.data && items.length === 0 && (
            <Empty title={t(`review.empty.${name}.title`)}>
              <p>{t(`review.empty.${name}.next`)}</p>
            </Empty>
          )}
        </Workplace>
      </div>
    </>
  );
}
