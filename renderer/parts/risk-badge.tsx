import { bandOf, type Band } from '#shared/policy/risk.ts';
import { useWords } from '../i18n/index.ts';
import css from './risk-badge.module.css';

const shapes: Record<Band, string> = {
  // The shapes of shared/policy/risk.ts (circle, diamond, triangle), drawn so that no font can change them.
  faible: 'M6 1.6a4.4 4.4 0 1 1 0 8.8a4.4 4.4 0 0 1 0-8.8Z',
  moyen: 'M6 .8 11.2 6 6 11.2.8 6Z',
  eleve: 'M6 1 11.4 10.6H.6Z',
};

export function BandShape({ band }: { band: Band }) {
  return (
    <svg className={css.shape} data-band={band} viewBox="0 0 12 12" aria-hidden="true">
      <path d={shapes[band]} />
    </svg>
  );
}

/** A score told four ways: two decimals, word, shape, colour. `word={false}` where a column repeats it. */
export function RiskBadge({ scoreBp, word = true }: { scoreBp: number; word?: boolean }) {
  const { t, format } = useWords();
  const band = bandOf(scoreBp);
  return (
    <span
      className={css.badge}
      data-band={band}
      aria-label={t('risk.label', { score: format.score(scoreBp), band: t(`band.${band}`) })}
    >
      <BandShape band={band} />
      <b className="figure">{format.score(scoreBp)}</b>
      {word && <span>{t(`band.${band}`)}</span>}
    </span>
  );
}
