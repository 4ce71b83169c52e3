import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { NextModel } from '#shared/model/speech-model.ts';
import { useWords } from '../i18n/index.ts';
import { statusQuery } from '../stores/queries.ts';
import { Caution } from './notice.tsx';

/** Nothing can be written down: says why, that the sound waits, and where to look. Goes by itself once it works again. */
export function SpeechTrouble() {
  const { t, format } = useWords();
  const status = useQuery(statusQuery()).data;
  const trouble = status?.speechTrouble;
  if (!trouble) return status ? <ModelNotice next={status.nextModel} /> : null;
  return (
    <Caution>
      <p role="alert">
        {t(`speechTrouble.${trouble.code}`)}{' '}
        <Link to="/settings">{t('status.speechRepair', { since: format.timeOfDay(trouble.since) })}</Link>
      </p>
    </Caution>
  );
}

/** The next words come from a test model, or there is no model yet. */
function ModelNotice({ next }: { next: NextModel | null }) {
  const { t } = useWords();
  if (next && !next.test) return null;
  return (
    <Caution>
      <p>
        {t(`modelNotice.${next ? 'test' : 'none'}`)} <Link to="/settings">{t('status.modelRepair')}</Link>
      </p>
    </Caution>
  );
}
