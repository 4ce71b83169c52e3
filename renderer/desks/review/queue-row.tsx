import { memo } from 'react';
import type { ReviewItem } from '#shared/model/review.ts';
import { timecode, useWords } from '../../i18n/index.ts';
import { RiskBadge } from '../../parts/risk-badge.tsx';
import css from './queue.module.css';

export const QueueRow = memo(
  function QueueRow({ item, picked, onPick }: { item: ReviewItem; picked: boolean; onPick: () => void }) {
    const { t, format } = useWords();
    const { alert, decision } = item;
    return (
      <div
        id={`item-${item.id}`}
        role="option"
        aria-selected={picked}
        className={css.row}
        onClick={onPick}
        data-item={item.id}
      >
        <span className={css.line}>
          <RiskBadge scoreBp={alert.scoreBp} />
          <span className={css.lane} data-lane={alert.lane}>
            {t(`lane.${alert.lane}`)}
          </span>
          <span className="faint label figure" title={format.dateTime(alert.at)}>
            {timecode(alert.startMs)}
          </span>
        </span>
        <p className={css.text} dir="auto">
          {item.text}
        </p>
        <span className={`${css.line} faint label`}>
          <span className="clip">{alert.account ? `${alert.account} · ${alert.liveTitle}` : alert.liveTitle}</span>
          <span className="figure">
            {decision
              ? t('review.decidedShort', {
                  status: t(`alertStatus.${item.status}`),
                  by: decision.by,
                  when: format.timeOfDay(decision.at),
                })
              : format.timeOfDay(alert.at)}
          </span>
        </span>
      </div>
    );
  },
  (a, b) => a.item === b.item && a.picked === b.picked,
);
