import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ExportRecord } from '#shared/model/export.ts';
import { useWords } from '../../i18n/index.ts';
import { problemText } from '../../link/problem.ts';
import { Button } from '../../parts/button.tsx';
import { Empty, Problem, Reading } from '../../parts/notice.tsx';
import { DeskTitle } from '../../shell/desk-title.tsx';
import { exportsQuery, livesQuery } from '../../stores/queries.ts';
import { ExportProgress } from './export-progress.tsx';
import { useCancelExport, useDownload } from './export-actions.ts';
import css from './exports.module.css';

/** What was taken out, by whom, when, and the digest that proves it is the same file. */
export function ExportsDesk() {
  const { t } = useWords();
  const { data, error, refetch, isFetching } = useQuery(exportsQuery());
  const lives = useQuery(livesQuery()).data?.items ?? [];
  const titles = new Map(lives.map((live) => [live.id, live.title]));
  return (
    <>
      <DeskTitle plain={t('desk.exports')} />
      <div className={css.scroll}>
        {error && <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />}
        {!data && !error && <Reading />}
        {data?.items.length === 0 && (
          <Empty title={t('exports.empty.title')}>
            <p>{t('exports.empty.next')}</p>
            <p>
              <Link to="/lives">{t('desk.lives')}</Link>
            </p>
          </Empty>
        )}
        {data && data.items.length > 0 && (
          <table className={css.table}>
            <thead>
              <tr>
                <th>{t('exports.when')}</th>
                <th>{t('exports.live')}</th>
                <th>{t('exports.file')}</th>
                <th className={css.number}>{t('exports.size')}</th>
                <th>{t('exports.by')}</th>
                <th>{t('exports.digest')}</th>
                <th>{t('exports.stateName')}</th>
                <th>
                  <span className="sr-only">{t('lives.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((record) => (
                <Row key={record.id} record={record} title={titles.get(record.liveId) ?? record.liveId} />
              ))}
            </tbody>
          </table>
        )}
      </div>
    </>
  );
}

function Row({ record, title }: { record: ExportRecord; title: string }) {
  const { t, format } = useWords();
  const download = useDownload();
  const cancel = useCancelExport();
  const error = download.error ?? cancel.error;
  return (
    <tr>
      <td className="figure soft">{format.dateTime(record.at)}</td>
      <td className={css.name}>
        <Link to="/lives/$liveId" params={{ liveId: record.liveId }}>
          {title}
        </Link>
      </td>
      <td className={css.name} title={record.path ?? record.fileName}>
        {record.fileName}
      </td>
      <td className={`${css.number} figure`}>{record.sizeBytes === null ? '–' : format.bytes(record.sizeBytes)}</td>
      <td>{record.by}</td>
      <td className={css.digest} title={record.sha256 ?? ''}>
        {record.sha256?.slice(0, 12) ?? '–'}
      </td>
      <td>
        <ExportProgress record={record} />
        {error && <span className={css.error}>{problemText(error, t)}</span>}
      </td>
      <td className={css.number}>
        {record.state === 'done' && (
          <Button icon={<IconDownload />} onClick={() => download.mutate(record.id)} busy={download.isPending}>
            {t('exports.download')}
          </Button>
        )}
        {(record.state === 'waiting' || record.state === 'running') && (
          <Button onClick={() => cancel.mutate(record.id)} busy={cancel.isPending}>
            {t('common.cancel')}
          </Button>
        )}
      </td>
    </tr>
  );
}
