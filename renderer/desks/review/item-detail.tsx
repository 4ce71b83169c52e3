import { Link } from '@tanstack/react-router';
import { useLayoutEffect, useRef } from 'react';
import type { ReviewItem, ReviewItemDetail } from '#shared/model/review.ts';
import type { Segment } from '#shared/model/segment.ts';
import { bandOf } from '#shared/policy/risk.ts';
import { timecode, useWords } from '../../i18n/index.ts';
import { Problem } from '../../parts/notice.tsx';
import { PlayButton } from '../../parts/play-button.tsx';
import { RiskBadge } from '../../parts/risk-badge.tsx';
import { Facets, Justification, ScoreTerms, SpeechText } from '../../parts/verdict.tsx';
import { Words } from '../lives/segment-row.tsx';
import { History } from './history.tsx';
import css from './item-detail.module.css';

type Props = { item: ReviewItem; detail: ReviewItemDetail | null; error: unknown; onRetry: () => void };

/** Why it is here first, then what was said with a minute on either side, then what people made of it. */
export function ItemDetail({ item, detail, error, onRetry }: Props) {
  const { t, format } = useWords();
  const { alert } = item;
  const verdict = detail?.segment.verdict ?? null;
  const flagged = useRef<HTMLLIElement>(null);
  const hasContext = detail !== null;
  // A minute of context would push the words themselves out of sight.
  useLayoutEffect(() => {
    // In braces: newer browsers answer with a promise, which React would take for the effect's end.
    flagged.current?.scrollIntoView({ block: 'center' });
  }, [item.id, hasContext]);
  return (
    <div className={css.detail}>
      <header className={css.head}>
        <div className={css.line}>
          <RiskBadge scoreBp={alert.scoreBp} />
          <span className={css.why}>{alert.reasons.map((reason) => t(`alertReason.${reason}`)).join(' · ')}</span>
          <span className="soft label">{t('review.lane', { lane: t(`lane.${alert.lane}`) })}</span>
        </div>
        {item.decision && item.decision.undoneAt === null && (
          <p className={css.decided}>
            {t('review.decidedLong', {
              status: t(`alertStatus.${item.status}`),
              by: item.decision.by,
              when: format.dateTime(item.decision.at),
            })}
          </p>
        )}
        {verdict && <Justification verdict={verdict} />}
        {verdict && <Facets verdict={verdict} />}
        {verdict && <ScoreTerms verdict={verdict} />}
        <p className="soft label">
          <Link to="/lives/$liveId" params={{ liveId: alert.liveId }} search={{ at: alert.segmentNumber }}>
            {alert.liveTitle}
          </Link>
          {alert.account && ` · ${alert.account}`} · {t('segment.number', { number: alert.segmentNumber })} ·{' '}
          <span className="figure">
            {timecode(alert.startMs)} – {timecode(alert.endMs)}
          </span>{' '}
          · <span className="figure">{format.dateTime(alert.at)}</span>
          {verdict && ` · ${t('review.judgedBy', { engine: verdict.model, policy: verdict.policyVersion })}`}
        </p>
      </header>
      {error && !detail ? <Problem error={error} onRetry={onRetry} /> : null}
      <div className={css.scroll}>
        <ol className={css.context} aria-label={t('review.context')}>
          {detail?.before.map((segment) => (
            <Around key={segment.id} segment={segment} />
          ))}
          <li ref={flagged} className={css.flagged} data-band={bandOf(alert.scoreBp)} aria-current="true">
            <time className="figure">{timecode(alert.startMs)}</time>
            <PlayButton
              stretch={{ key: alert.segmentId, liveId: alert.liveId, startMs: alert.startMs, endMs: alert.endMs }}
              label={t('sound.play', { number: alert.segmentNumber })}
            />
            <p>
              <SpeechText
                text={detail?.segment.text ?? item.text}
                verdict={verdict}
                lang={detail?.segment.language ?? null}
              />
            </p>
          </li>
          {detail?.after.map((segment) => (
            <Around key={segment.id} segment={segment} />
          ))}
          {!detail && !error && <li className={css.reading}>{t('review.readingContext')}</li>}
        </ol>
        {detail && detail.history.length > 0 && <History decisions={detail.history} />}
      </div>
    </div>
  );
}

function Around({ segment }: { segment: Segment }) {
  const { t } = useWords();
  return (
    <li className={css.around}>
      <time className="figure">{timecode(segment.startMs)}</time>
      <PlayButton
        stretch={{ key: segment.id, liveId: segment.liveId, startMs: segment.startMs, endMs: segment.endMs }}
        label={t('sound.play', { number: segment.number })}
      />
      <div>
        <Words segment={segment} />
      </div>
      {segment.verdict && segment.verdict.band !== 'faible' && (
        <RiskBadge scoreBp={segment.verdict.scoreBp} word={false} />
      )}
    </li>
  );
}
