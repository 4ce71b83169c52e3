import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { useWords } from '../../i18n/index.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { Empty, Problem, Reading } from '../../parts/notice.tsx';
import { DeskTitle } from '../../shell/desk-title.tsx';
import { foldersQuery } from '../../stores/queries.ts';
import { FolderCard } from './folder-card.tsx';
import { FolderForm } from './folder-form.tsx';
import css from './folders.module.css';

/** Folders whose new recordings are transcribed. */
export function FoldersDesk() {
  const { t } = useWords();
  const { data, error, refetch, isFetching } = useQuery(foldersQuery());
  const input = useRef<HTMLInputElement>(null);
  useKeys('folders', { folderAdd: () => input.current?.focus() });
  return (
    <>
      <DeskTitle plain={t('desk.folders')} />
      <FolderForm inputRef={input} />
      <div className={css.scroll}>
        {error && <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />}
        {!data && !error && <Reading />}
        {data?.items.length === 0 && (
          <Empty title={t('folders.empty.title')}>
            <p>{t('folders.empty.next')}</p>
          </Empty>
        )}
        {data?.items.map((folder) => (
          <FolderCard key={folder.id} folder={folder} />
        ))}
      </div>
    </>
  );
}
