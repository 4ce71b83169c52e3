import { IconBell } from '@tabler/icons-react';
import { memo } from 'react';
import type { Segment, WrittenBy as By } from '#shared/model/segment.ts';
import { timecode, useWords } from '../../i18n/index.ts';
import { keptProblemText } from '../../link/problem.ts';
import { PlayButton } from '../../parts/play-button.tsx';
import { RiskBadge } from '../../parts/risk-badge.tsx';
import { Facets, Justification, SpeechText } from '../../parts/verdict.tsx';
import { CorrectionForm } from './correction.tsx';
import css from './segment-row.module.css';

type Props = {
  number: number;
  /** Null until it has been read. */
  segment: Segment | null;
  /** Wall time of position 0 of the timeline. */
  startedAt: number;
  picked: boolean;
  /** A person is typing another reading of it. */
  correcting: boolean;
  onPick: () => void;
  onCorrected: () => void;
};

/** One segment: when, what, and how it was judged. Memoised: an arriving segment draws itself and no other. */
export const SegmentRow = memo(
  function SegmentRow({ number, segment, startedAt, picked, correcting, onPick, onCorrected }: Props) {
    const { t, format } = useWords();
    if (!segment) {
      return (
        <div className={css.row} aria-busy="true">
          <span className={css.when}>
            <span className="faint label figure">{t('segment.number', { number })}</span>
          </span>
          <span />
          <span className="faint">{t('common.reading')}</span>
        </div>
      );
    }
    const { verdict } = segment;
    return (
      <div
        className={css.row}
        data-quiet={segment.text === '' && segment.edited === null && segment.filtered.length === 0 && !correcting}
        data-picked={picked}
        data-band={verdict?.band}
        data-state={segment.state}
        data-number={number}
        onClick={onPick}
      >
        <span className={css.when}>
          <time className="figure" title={format.dateTime(startedAt + segment.startMs)}>
            {timecode(segment.startMs)}
          </time>
          <span className="faint label figure">{t('segment.number', { number })}</span>
        </span>
        <PlayButton
          stretch={{ key: segment.id, liveId: segment.liveId, startMs: segment.startMs, endMs: segment.endMs }}
          label={t('sound.play', { number })}
        />
        <div className={css.said}>
          {correcting ? <CorrectionForm segment={segment} onClose={onCorrected} /> : <Words segment={segment} />}
          {verdict && <Justification verdict={verdict} />}
          {verdict && <Facets verdict={verdict} />}
          {picked && segment.writtenBy && <WrittenBy by={segment.writtenBy} />}
        </div>
        <span className={css.risk}>
          {verdict && <RiskBadge scoreBp={verdict.scoreBp} />}
          {segment.alertId !== null && (
            <span className={css.alert}>
              <IconBell aria-hidden="true" size={13} />
              {t('segment.alert')}
            </span>
          )}
          <span className="faint label figure">{format.timeOfDay(startedAt + segment.startMs)}</span>
        </span>
      </div>
    );
  },
  (a, b) =>
    a.segment === b.segment &&
    a.picked === b.picked &&
    a.correcting === b.correcting &&
    a.number === b.number &&
    a.startedAt === b.startedAt,
);

/** By what a text was written down: the row that is looked at says it, so that a change of model or device within a live is seen. */
function WrittenBy({ by }: { by: By }) {
  const { t } = useWords();
  const device = by.device === 'cpu' || by.device === 'gpu' || by.device === 'remote' ? by.device : 'cpu';
  return (
    <p className="faint label" title={by.library}>
      {t(`segment.writtenBy.${device}`, {
        model: by.model.replace(/^ggml-|\.bin$/g, ''),
        device: by.deviceName || by.library,
      })}
    </p>
  );
}

/** What was said, or why there is nothing to read; text that nobody said is shown apart and struck. */
export function Words({ segment }: { segment: Segment }) {
  const { t, format } = useWords();
  const { edited } = segment;
  return (
    <>
      {edited && (
        <p className={css.text}>
          <SpeechText text={edited.text} verdict={null} lang={segment.language} />{' '}
          <span className={css.corrected} title={format.dateTime(edited.at)}>
            {t('correction.by', { by: edited.by })}
          </span>
        </p>
      )}
      {edited && segment.text !== '' && <p className="faint label">{t('correction.recogniser')}</p>}
      {segment.text !== '' && (
        <p className={css.text} data-replaced={edited !== null}>
          <SpeechText text={segment.text} verdict={segment.verdict} lang={segment.language} />
        </p>
      )}
      {segment.text === '' && segment.state !== 'written' && (
        <p className={css.state} data-failed={segment.state === 'failed'}>
          {t(`segmentState.${segment.state}`)}
          {segment.failure !== null && <> · {keptProblemText(segment.failure, t) ?? segment.failure}</>}
        </p>
      )}
      {segment.filtered.map((piece, index) => (
        <p key={index} className={css.filtered}>
          {t('segment.setAside', { reason: t(`filterReason.${piece.reason}`) })} <s dir="auto">{piece.text}</s>
        </p>
      ))}
    </>
  );
}
