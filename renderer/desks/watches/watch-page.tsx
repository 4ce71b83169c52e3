import { TextInput } from '@mantine/core';
import { IconEar } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { newId } from '#shared/ids.ts';
import { useWords } from '../../i18n/index.ts';
import { engine } from '../../link/engine.ts';
import { Button } from '../../parts/button.tsx';
import { Empty, Problem, Reading } from '../../parts/notice.tsx';
import { DeskTitle } from '../../shell/desk-title.tsx';
import { coursesQuery, watchLivesQuery, watchQuery } from '../../stores/queries.ts';
import lives from '../lives/lives-desk.module.css';
import { HistoryRow } from './history-row.tsx';
import { WatchChoices } from './watch-choices.tsx';
import { WatchStateMark } from './watch-state.tsx';
import css from './watches.module.css';

/** One account: its state, its lives so far, and a way to hear it by hand when the platform hides where. */
export function WatchPage() {
  const { t, format } = useWords();
  const { watchId } = useParams({ from: '/watches/$watchId' });
  const { data, error, refetch, isFetching } = useQuery(watchQuery(watchId));
  const history = useQuery(watchLivesQuery(watchId));
  const items = history.data?.items ?? [];
  const courses = useQuery(coursesQuery(items.map(({ id }) => id)));
  if (error && !data) return <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />;
  if (!data) return <Reading />;
  const { watch, followers } = data;
  const first = followers[0];
  return (
    <>
      <DeskTitle plain={`@${watch.handle}`} />
      <div className={css.page}>
        <section className={css.figures} aria-label={t('watches.account')}>
          <WatchStateMark watch={watch} />
          <p className="soft">{t(`watchReason.${watch.reason}`)}</p>
          <p className="label">
            {watch.url}
            {watch.followers !== null &&
              ` · ${t('watches.followers', { count: watch.followers, figure: format.integer(watch.followers) })}`}
            {first &&
              watch.followers !== null &&
              followers.length > 1 &&
              ` (${t('watches.grown', { change: format.integer(watch.followers - first.followers), since: format.date(first.at) })})`}
          </p>
        </section>
        <ByHand watchId={watchId} />
      </div>
      <WatchChoices watch={watch} />
      <div className={lives.scroll}>
        {history.error && <Problem error={history.error} onRetry={() => void history.refetch()} />}
        {history.data && items.length === 0 && (
          <Empty title={t('watches.noLives')}>
            <p>{t('watches.noLivesNext')}</p>
          </Empty>
        )}
        {items.length > 0 && (
          <table className={lives.table}>
            <thead>
              <tr>
                <th>{t('lives.risk')}</th>
                <th>{t('lives.started')}</th>
                <th className={css.course}>{t('course.title')}</th>
                <th>{t('lives.state')}</th>
                <th className={lives.number}>{t('watches.length')}</th>
                <th className={lives.number}>{t('lives.gaps')}</th>
                <th className={lives.number}>{t('lives.alerts')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((live) => (
                <HistoryRow
                  key={live.id}
                  live={live}
                  course={courses.data?.items.find(({ liveId }) => liveId === live.id)}
                />
              ))}
            </tbody>
          </table>
        )}
      </div>
    </>
  );
}

/** Hears the account now; by a room's number or a stream's address when the platform does not tell them. */
function ByHand({ watchId }: { watchId: string }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [where, setWhere] = useState('');
  const typed = where.trim();
  const isRoom = /^\d{1,30}$/.test(typed);
  const isStream = /^https?:\/\//i.test(typed) && URL.canParse(typed);
  const hear = useMutation({
    mutationFn: () =>
      engine.watches.capture({
        watchId,
        roomId: isRoom ? typed : undefined,
        streamUrl: isStream ? typed : undefined,
        commandId: newId(Date.now()),
      }),
    onSuccess: ({ liveId }) => void navigate({ to: '/lives/$liveId', params: { liveId } }),
  });
  const wrong = typed !== '' && !isRoom && !isStream;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!wrong && !hear.isPending) hear.mutate();
  };
  return (
    <form className={css.byHand} onSubmit={submit}>
      <TextInput
        label={t('watches.where')}
        placeholder={t('watches.whereHint')}
        value={where}
        error={wrong ? t('watches.whereProblem') : null}
        spellCheck={false}
        onChange={(event) => setWhere(event.currentTarget.value)}
      />
      <Button type="submit" icon={<IconEar />} busy={hear.isPending} className={css.follow}>
        {t('watches.hear')}
      </Button>
      {hear.error && <Problem error={hear.error} />}
    </form>
  );
}
