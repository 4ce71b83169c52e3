import { IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { FolderFile, WatchedFolder } from '#shared/model/folder.ts';
import { useWords } from '../../i18n/index.ts';
import { failureText } from '../../link/problem.ts';
import { Button } from '../../parts/button.tsx';
import { Caution, Problem } from '../../parts/notice.tsx';
import { folderFilesQuery } from '../../stores/queries.ts';
import { CasePicker } from '../cases/case-picker.tsx';
import { useFolderActions } from './folder-actions.ts';
import css from './folders.module.css';

const counted = ['heard', 'working', 'waiting', 'same', 'failed', 'earlier'] as const;

/** One watched folder: what it is doing, what became of its recordings, and why some cannot be heard. */
export function FolderCard({ folder }: { folder: WatchedFolder }) {
  const { t, format } = useWords();
  const actions = useFolderActions();
  const [open, setOpen] = useState(folder.files.failed > 0 || folder.files.waiting > 0);
  const { path, paused, state } = folder;
  return (
    <section className={css.card} aria-label={path}>
      <header className={css.head}>
        <h2 className={css.title}>{path}</h2>
        <span className={css.state} data-state={paused ? 'paused' : state}>
          {t(paused ? 'folders.state.paused' : `folders.state.${state}`)}
        </span>
        <CasePicker value={folder.caseId} onChange={(caseId) => actions.change(folder, { caseId })} />
        <Button
          icon={paused ? <IconPlayerPlay /> : <IconPlayerPause />}
          onClick={() => actions.change(folder, { paused: !paused })}
        >
          {t(paused ? 'watches.resume' : 'watches.pause')}
        </Button>
        <Button icon={<IconTrash />} onClick={() => actions.remove(folder)}>
          {t('folders.remove')}
        </Button>
      </header>
      <p className="soft label">
        {[
          t(`folders.earlierMeans.${folder.earlier}`),
          folder.recursive ? t('folders.recursive') : null,
          t(folder.keepAudio ? 'folders.keepsAudio' : 'folders.dropsAudio'),
          folder.lookedAt === null ? null : t('folders.looked', { at: format.timeOfDay(folder.lookedAt) }),
        ]
          .filter((part) => part !== null)
          .join(' · ')}
      </p>
      {!paused && state !== 'watching' && (
        <Caution>{t(`folders.trouble.${state}`, { since: format.dateTime(folder.stateSince) })}</Caution>
      )}
      {folder.problem && <Caution>{failureText(folder.problem, t)}</Caution>}
      <ul className={css.figures}>
        {counted.map((name) =>
          folder.files[name] > 0 || name === 'heard' ? (
            <li key={name} data-bad={name === 'failed'}>
              {t(`folders.count.${name}`, { count: folder.files[name], figure: format.integer(folder.files[name]) })}
            </li>
          ) : null,
        )}
        <li>
          <button type="button" className={css.more} aria-expanded={open} onClick={() => setOpen(!open)}>
            {t(open ? 'folders.hide' : 'folders.show')}
          </button>
        </li>
      </ul>
      {open && <Files folderId={folder.id} onRetry={actions.retry} />}
    </section>
  );
}

function Files({ folderId, onRetry }: { folderId: string; onRetry: (fileId: string) => void }) {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(folderFilesQuery(folderId));
  if (error) return <Problem error={error} onRetry={() => void refetch()} />;
  if (data?.items.length === 0) return <p className="soft">{t('folders.noFiles')}</p>;
  return (
    <ul className={css.files}>
      {data?.items.map((file) => (
        <FileRow key={file.id ?? file.path} file={file} onRetry={onRetry} />
      ))}
    </ul>
  );
}

function FileRow({ file, onRetry }: { file: FolderFile; onRetry: (fileId: string) => void }) {
  const { t, format } = useWords();
  const { id } = file;
  return (
    <li data-state={file.state}>
      <span className={css.file}>
        {file.liveId === null ? (
          file.path
        ) : (
          <Link to="/lives/$liveId" params={{ liveId: file.liveId }}>
            {file.path}
          </Link>
        )}
      </span>
      <span>{t(file.waiting === null ? `folders.file.${file.state}` : `folders.wait.${file.waiting}`)}</span>
      <span className="soft label">{format.dateTime(file.at)}</span>
      <span className="soft label">{file.problem && failureText(file.problem, t)}</span>
      <span>
        {file.state === 'failed' && id !== null && <Button onClick={() => onRetry(id)}>{t('common.retry')}</Button>}
      </span>
    </li>
  );
}
