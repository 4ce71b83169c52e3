import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Check } from '#shared/model/system.ts';
import { useWords } from '../../i18n/index.ts';
import { Button } from '../../parts/button.tsx';
import { Problem, Reading } from '../../parts/notice.tsx';
import { doctorQuery, statusQuery } from '../../stores/queries.ts';
import { checkWords } from './check-words.ts';
import css from './settings.module.css';

const icons = { ok: IconCircleCheck, warning: IconAlertTriangle, failed: IconCircleX } as const;

/** Every part, tested now: what it said, and what to do about it. */
export function Doctor() {
  const { t, format } = useWords();
  const { data, error, refetch, isFetching } = useQuery(doctorQuery());
  const status = useQuery(statusQuery()).data;
  return (
    <section className={css.section}>
      <div className={css.title}>
        <h2>{t('doctor.title')}</h2>
        <Button onClick={() => void refetch()} busy={isFetching}>
          {t(isFetching ? 'doctor.testing' : 'doctor.again')}
        </Button>
      </div>
      {error && <Problem error={error} />}
      {!data && !error && <Reading />}
      <ul className={css.checks}>
        {data?.checks.map((check) => (
          <CheckLine key={check.name} check={check} />
        ))}
      </ul>
      {status && (
        <p className="faint label">
          {t('doctor.engine', {
            version: status.version,
            pid: status.pid,
            since: format.dateTime(status.startedAt),
            dataDir: status.dataDir,
          })}
        </p>
      )}
    </section>
  );
}

function CheckLine({ check }: { check: Check }) {
  const { t, format } = useWords();
  const Icon = icons[check.outcome];
  return (
    <li className={css.check} data-outcome={check.outcome}>
      <Icon aria-hidden="true" />
      <div>
        <p>
          <b>{t(`doctor.name.${check.name}`)}</b>{' '}
          <span className={css.outcome}>{t(`doctor.outcome.${check.outcome}`)}</span>{' '}
          <span className="faint label figure">{format.integer(check.tookMs)} ms</span>
        </p>
        <p className="soft">{checkWords(check, t, format)}</p>
        {check.fix !== null && <p className={css.fix}>{t(`doctor.fix.${check.fix}`, check.detail)}</p>}
      </div>
    </li>
  );
}
