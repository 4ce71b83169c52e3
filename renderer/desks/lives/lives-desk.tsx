import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useKeys } from '../../keys/use-keys.ts';
import { useWords } from '../../i18n/index.ts';
import { Empty, Problem, Reading } from '../../parts/notice.tsx';
import { DeskTitle } from '../../shell/desk-title.tsx';
import { livesQuery } from '../../stores/queries.ts';
import { LiveRow } from './live-row.tsx';
import { WatchForm } from './watch-form.tsx';
import css from './lives-desk.module.css';

/** Everything heard, newest first, and the way to hear something new. */
export function LivesDesk() {
  const { t } = useWords();
  const navigate = useNavigate();
  const { data, error, refetch, isFetching } = useQuery(livesQuery());
  const [picked, setPicked] = useState(0);
  const source = useRef<HTMLInputElement>(null);
  const lives = data?.items ?? [];
  const at = Math.min(picked, Math.max(0, lives.length - 1));
  useKeys('lives', {
    livesNext: () => setPicked(Math.min(at + 1, lives.length - 1)),
    livesPrevious: () => setPicked(Math.max(at - 1, 0)),
    livesOpen: () => {
      const live = lives[at];
      if (live) void navigate({ to: '/lives/$liveId', params: { liveId: live.id } });
    },
    livesListen: () => source.current?.focus(),
  });
  return (
    <>
      <DeskTitle plain={t('desk.lives')} />
      <WatchForm inputRef={source} />
      <div className={css.scroll}>
        {error && <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />}
        {!data && !error && <Reading />}
        {data && lives.length === 0 && (
          <Empty title={t('lives.empty.title')}>
            <p>{t('lives.empty.next')}</p>
          </Empty>
        )}
        {lives.length > 0 && (
          <table className={css.table}>
            <thead>
              <tr>
                <th>{t('lives.risk')}</th>
                <th>{t('lives.title')}</th>
                <th>{t('lives.state')}</th>
                <th className={css.number}>{t('lives.written')}</th>
                <th className={css.number}>{t('lives.lag')}</th>
                <th className={css.number}>{t('lives.gaps')}</th>
                <th className={css.number}>{t('lives.alerts')}</th>
                <th>{t('lives.started')}</th>
                <th>
                  <span className="sr-only">{t('lives.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {lives.map((live, index) => (
                <LiveRow key={live.id} live={live} picked={index === at} />
              ))}
            </tbody>
          </table>
        )}
      </div>
    </>
  );
}
