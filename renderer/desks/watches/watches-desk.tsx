import { Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import { type WatchState, watchStates } from '#shared/model/watch.ts';
import { useWords } from '../../i18n/index.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { Empty, Problem, Reading } from '../../parts/notice.tsx';
import { DeskTitle } from '../../shell/desk-title.tsx';
import { watchesQuery } from '../../stores/queries.ts';
import { AccountForm } from './account-form.tsx';
import { AccountTest } from './account-test.tsx';
import { arrange, type WatchOrder, watchOrders } from './arrange.ts';
import { DetectionLine } from './detection-line.tsx';
import { useWatchActions } from './watch-actions.ts';
import { WatchRow } from './watch-row.tsx';
import css from './watches.module.css';

const rowPx = 46;

/** The accounts that are followed: what is known of each, since when, and when it is looked at next. */
export function WatchesDesk() {
  const { t, format } = useWords();
  const navigate = useNavigate();
  const { data, error, refetch, isFetching } = useQuery(watchesQuery());
  const [text, setText] = useState('');
  const [state, setState] = useState<WatchState | null>(null);
  const [order, setOrder] = useState<WatchOrder>('priority');
  const [picked, setPicked] = useState(0);
  const [tested, setTested] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const scroll = useRef<HTMLDivElement>(null);
  const actions = useWatchActions();
  const shown = arrange(data?.items ?? [], { text, state, order });
  const at = Math.min(picked, Math.max(0, shown.length - 1));
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowPx,
    overscan: 8,
  });
  const pick = (index: number) => {
    const next = Math.max(0, Math.min(index, shown.length - 1));
    setPicked(next);
    rows.scrollToIndex(next);
  };
  const open = (watchId: string) => void navigate({ to: '/watches/$watchId', params: { watchId } });
  const one = shown[at];
  useKeys('watches', {
    watchNext: () => pick(at + 1),
    watchPrevious: () => pick(at - 1),
    watchOpen: () => one && open(one.id),
    watchAdd: () => input.current?.focus(),
    watchPause: () => one && actions.pause(one),
    watchCheck: () => one && actions.checkSoon(one),
    watchTest: () => one && setTested(one.handle),
    watchRemove: () => one && actions.remove(one),
  });
  return (
    <>
      <DeskTitle plain={t('desk.watches')} />
      <AccountForm inputRef={input} />
      {data && data.total > 0 && (
        <div className={css.tools}>
          <TextInput
            aria-label={t('watches.filter')}
            placeholder={t('watches.filter')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Select
            aria-label={t('watches.state')}
            placeholder={t('watches.anyState')}
            data={watchStates.map((value) => ({ value, label: t(`watchState.${value}`) }))}
            value={state}
            onChange={(value) => setState(value as WatchState | null)}
            clearable
          />
          <Select
            aria-label={t('watches.order')}
            data={watchOrders.map((value) => ({ value, label: t(`watches.orders.${value}`) }))}
            value={order}
            allowDeselect={false}
            onChange={(value) => value && setOrder(value as WatchOrder)}
          />
          <span className="soft label">
            {t('watches.shown', { shown: format.integer(shown.length), all: format.integer(data.total) })}
          </span>
          <DetectionLine detection={data.detection} />
        </div>
      )}
      <div className={css.scroll} ref={scroll}>
        {error && <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />}
        {!data && !error && <Reading />}
        {data?.total === 0 && (
          <Empty title={t('watches.empty.title')}>
            <p>{t('watches.empty.next')}</p>
          </Empty>
        )}
        {data && data.total > 0 && shown.length === 0 && <Empty title={t('watches.noMatch')} />}
        {shown.length > 0 && (
          <div role="table" aria-label={t('desk.watches')} aria-rowcount={shown.length} className={css.table}>
            <div role="rowgroup" className={css.head}>
              <div role="row" className={css.row}>
                {(['account', 'state', 'looked', 'lives', 'alerts', 'policy'] as const).map((column) => (
                  <span key={column} role="columnheader">
                    {t(`watches.${column}`)}
                  </span>
                ))}
                <span role="columnheader">
                  <span className="sr-only">{t('lives.actions')}</span>
                </span>
              </div>
            </div>
            <div
              role="rowgroup"
              className={css.body}
              ref={(element) => element?.style.setProperty('height', `${rows.getTotalSize()}px`)}
            >
              {rows.getVirtualItems().map((row) => {
                const watch = shown[row.index]!;
                return (
                  <WatchRow
                    key={watch.id}
                    watch={watch}
                    topPx={row.start}
                    picked={row.index === at}
                    onPick={() => setPicked(row.index)}
                    onTest={() => setTested(watch.handle)}
                    actions={actions}
                  />
                );
              })}
            </div>
          </div>
        )}
      </div>
      {tested !== null && <AccountTest key={tested} handle={tested} onClose={() => setTested(null)} />}
    </>
  );
}
