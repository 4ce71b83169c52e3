import { Link } from '@tanstack/react-router';
import type { SearchHit } from '#shared/model/search.ts';
import { timecode, useWords } from '../../i18n/index.ts';
import { PlayButton } from '../../parts/play-button.tsx';
import { RiskBadge } from '../../parts/risk-badge.tsx';
import { Marked } from './marked.tsx';
import css from './search.module.css';

/** One segment in which the words stand, and the way to it. */
export function SearchHitRow({ hit }: { hit: SearchHit }) {
  const { t, format } = useWords();
  return (
    <li className={css.hit}>
      <PlayButton
        stretch={{ key: hit.id, liveId: hit.liveId, startMs: hit.startMs, endMs: hit.endMs }}
        label={t('sound.play', { number: hit.number })}
      />
      <div className={css.said}>
        <p className={css.where}>
          <Link to="/lives/$liveId" params={{ liveId: hit.liveId }} search={{ at: hit.number }} className={css.live}>
            {hit.liveTitle}
          </Link>
          <span className="faint label">
            {[hit.account, timecode(hit.startMs), format.dateTime(hit.liveStartedAt + hit.startMs)]
              .filter((part) => part !== null)
              .join(' · ')}
          </span>
        </p>
        {hit.edited && (
          <p className={css.text}>
            <Marked text={hit.edited.text} marks={hit.editedMarks} lang={hit.language} />{' '}
            <span className="faint label">{t('correction.by', { by: hit.edited.by })}</span>
          </p>
        )}
        {hit.text !== '' && (
          <p className={hit.edited ? 'soft label' : css.text}>
            <Marked text={hit.text} marks={hit.marks} lang={hit.language} />
          </p>
        )}
      </div>
      {hit.verdict ? <RiskBadge scoreBp={hit.verdict.scoreBp} /> : <span />}
    </li>
  );
}
