import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useWords } from '../i18n/index.ts';
import { statusQuery } from '../stores/queries.ts';
import { Caution } from './notice.tsx';

/** Nothing can be written down: says why, that the sound waits, and where to look. Goes by itself once it works again. */
export function SpeechTrouble() {
  const { t, format } = useWords();
  const trouble = useQuery(statusQuery()).data?.speechTrouble;
  if (!trouble) return null;
  return (
    <Caution>
      <p role="alert">
        {t(`speechTrouble.${trouble.code}`)}{' '}
        <Link to="/settings">{t('status.speechRepair', { since: format.timeOfDay(trouble.since) })}</Link>
      </p>
    </Caution>
  );
}
