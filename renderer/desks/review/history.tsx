import type { Decision } from '#shared/model/review.ts';
import { useWords } from '../../i18n/index.ts';
import css from './history.module.css';

/** Every decision on one item, with who, when, why, and what was taken back. */
export function History({ decisions }: { decisions: readonly Decision[] }) {
  const { t, format } = useWords();
  return (
    <section className={css.history}>
      <h2>{t('review.history')}</h2>
      <ol>
        {decisions.map((decision) => (
          <li key={decision.id} data-undone={decision.undoneAt !== null}>
            <span className="figure faint">{format.dateTime(decision.at)}</span>
            <span>
              <b>{t(`decided.${decision.verdict}`)}</b> · {decision.by}
              {decision.reason && ` · ${t(`decisionReason.${decision.reason}`)}`}
              {decision.stopCapture && ` · ${t('review.captureStopped')}`}
              {decision.undoneAt !== null && (
                <span className={css.undone}>
                  {' '}
                  · {t('review.undoneBy', { by: decision.undoneBy ?? '', when: format.dateTime(decision.undoneAt) })}
                </span>
              )}
              {decision.statement && <q dir="auto">{decision.statement}</q>}
              {decision.note && <q dir="auto">{decision.note}</q>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
