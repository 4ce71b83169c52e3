import {
  IconFileExport,
  IconFolderSearch,
  IconFolders,
  IconListCheck,
  IconSearch,
  IconSettings,
  IconUsers,
  IconWaveSine,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { pendingQuery, statusQuery } from '../stores/queries.ts';
import { stillPending } from '../stores/outbox-fold.ts';
import { useOutbox } from '../stores/outbox.ts';
import { useWords } from '../i18n/index.ts';
import css from './sidebar.module.css';

/** The desks, each with what waits there. */
export function Sidebar() {
  const { t, format } = useWords();
  const captures = useQuery(statusQuery()).data?.captures ?? 0;
  const pending = usePendingCount();
  const desks = [
    {
      to: '/lives',
      icon: IconWaveSine,
      name: t('desk.lives'),
      count: captures,
      says: t('desk.captures', { count: captures }),
    },
    { to: '/watches', icon: IconUsers, name: t('desk.watches'), count: 0, says: '' },
    { to: '/folders', icon: IconFolderSearch, name: t('desk.folders'), count: 0, says: '' },
    {
      to: '/review',
      icon: IconListCheck,
      name: t('desk.review'),
      count: pending,
      says: t('desk.pending', { count: pending }),
      urgent: true,
    },
    { to: '/search', icon: IconSearch, name: t('desk.search'), count: 0, says: '' },
    { to: '/cases', icon: IconFolders, name: t('desk.cases'), count: 0, says: '' },
    { to: '/exports', icon: IconFileExport, name: t('desk.exports'), count: 0, says: '' },
    { to: '/settings', icon: IconSettings, name: t('desk.settings'), count: 0, says: '' },
  ] as const;
  return (
    <nav className={css.side} aria-label={t('desk.all')}>
      <p className={css.brand}>
        <img src="./icon.svg" alt="" width="24" height="24" />
        Vigie
      </p>
      <ul>
        {desks.map(({ to, icon: Icon, name, count, says, ...rest }) => (
          <li key={to}>
            <Link to={to} className={css.desk} activeProps={{ 'data-here': 'true' }}>
              <Icon aria-hidden="true" />
              <span className="clip">{name}</span>
              {count > 0 && (
                <span className={css.count} data-urgent={'urgent' in rest} title={says}>
                  {format.integer(count)}
                  <span className="sr-only">{says}</span>
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Pending items minus the decisions on their way, so that the count moves with the key that was pressed. */
function usePendingCount(): number {
  const { data } = useQuery(pendingQuery());
  const outbox = useOutbox((state) => state.outbox);
  if (!data) return 0;
  return data.pending - (data.items.length - stillPending(data.items, outbox).length);
}
