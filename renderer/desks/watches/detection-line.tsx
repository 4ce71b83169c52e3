import type { DetectionState } from '#shared/model/watch.ts';
import { useWords } from '../../i18n/index.ts';
import css from './watches.module.css';

/** What the platform allows: how often it is asked, or until when a refusal is waited out. */
export function DetectionLine({ detection }: { detection: DetectionState }) {
  const { t, format } = useWords();
  if (detection.blockedUntil !== null)
    return (
      <span className={css.blocked} role="status">
        {t('watches.blocked', { until: format.dateTime(detection.blockedUntil) })}
        {detection.blockReason && <span className={css.next}>{t(`watchReason.${detection.blockReason}`)}</span>}
      </span>
    );
  return (
    <span className="soft label">
      {t('watches.budget', {
        count: detection.spentLastMinute,
        spent: format.integer(detection.spentLastMinute),
        most: format.integer(detection.perMinute),
      })}
    </span>
  );
}
