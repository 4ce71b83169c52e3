import { Link } from '@tanstack/react-router';
import type { Watch } from '#shared/model/watch.ts';
import { useWords } from '../../i18n/index.ts';
import { failureText } from '../../link/problem.ts';
import css from './watches.module.css';

/** What is known of an account in a word and a shape, since when, and why. */
export function WatchStateMark({ watch }: { watch: Watch }) {
  const { t, format } = useWords();
  const why = t(`watchReason.${watch.reason}`);
  // A look that taught nothing leaves what was known; it is told beside it.
  const stale = watch.lastError !== null && watch.state !== 'bloque';
  return (
    <span
      className={css.state}
      data-state={watch.state}
      title={watch.lastError ? failureText(watch.lastError, t) : why}
    >
      <span className={css.mark} aria-hidden="true" />
      {t(`watchState.${watch.state}`)}
      {watch.liveId !== null && (
        <>
          {' · '}
          <Link to="/lives/$liveId" params={{ liveId: watch.liveId }}>
            {t('watches.heard')}
          </Link>
        </>
      )}
      <span className={css.next}>
        {stale ? t('watches.stale') : t('watches.since', { at: format.dateTime(watch.stateSince) })}
      </span>
    </span>
  );
}
