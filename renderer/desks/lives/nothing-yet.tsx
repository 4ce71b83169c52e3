import { Link } from '@tanstack/react-router';
import type { Live } from '#shared/model/live.ts';
import { useWords } from '../../i18n/index.ts';
import { failureText } from '../../link/problem.ts';
import { Empty } from '../../parts/notice.tsx';

/** "Aucune transcription disponible", with the reason and the next step. */
export function NothingYet({ live }: { live: Live }) {
  const { t } = useWords();
  const reason =
    live.state === 'en_cours'
      ? live.captureState === 'ended'
        ? 'waiting'
        : live.captureState
      : live.state === 'interrompu'
        ? 'interrupted'
        : 'silent';
  return (
    <Empty title={t('live.empty.title')}>
      <p>{t(`live.empty.${reason}`)}</p>
      {live.endError && <p>{failureText(live.endError, t)}</p>}
      {(reason === 'interrupted' || reason === 'silent') && (
        <p>
          <Link to="/lives">{t('live.empty.again')}</Link> · <Link to="/settings">{t('live.empty.check')}</Link>
        </p>
      )}
    </Empty>
  );
}
