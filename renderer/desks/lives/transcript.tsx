import { IconArrowDown } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Gap, Live } from '#shared/model/live.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { useWords } from '../../i18n/index.ts';
import { Button } from '../../parts/button.tsx';
import { Problem } from '../../parts/notice.tsx';
import { togglePlay } from '../../stores/sound.ts';
import { closeTranscript, openTranscript, readRows, useTranscripts } from '../../stores/transcripts.ts';
import { emptyTranscript, gapsAtEnd, gapsBefore, type Transcript as Known } from '../../stores/transcript-fold.ts';
import { GapLine } from './gap-line.tsx';
import { NothingYet } from './nothing-yet.tsx';
import { SegmentRow } from './segment-row.tsx';
import { useFollow } from './use-follow.ts';
import css from './transcript.module.css';

type Props = { live: Live; gaps: readonly Gap[]; startAt: number | null };

/** Everything said in one live, in order. Only the rows on screen exist and are read. */
export function Transcript({ live, gaps, startAt }: Props) {
  const { t, format } = useWords();
  const liveId = live.id;
  const scroller = useRef<HTMLDivElement>(null);
  const { following, setFollowing } = useFollow(scroller, startAt === null && live.state === 'en_cours');
  const transcript = useTranscripts((state) => state.byLive[liveId]) ?? emptyTranscript;
  const failed = useTranscripts((state) => state.failed[liveId]);
  const [picked, setPicked] = useState<number | null>(startAt);
  const count = transcript.last;
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => 62,
    overscan: 8,
    getItemKey: (index) => index + 1,
  });
  const visible = rows.getVirtualItems();
  const from = (visible[0]?.index ?? 0) + 1;
  const to = (visible.at(-1)?.index ?? 0) + 1;

  useEffect(() => () => closeTranscript(liveId), [liveId]);
  useEffect(() => openTranscript(liveId, live.segments), [liveId, live.segments]);
  useEffect(() => {
    if (count > 0) void readRows(liveId, { from, to });
  }, [liveId, transcript, count, from, to]);
  const size = rows.getTotalSize();
  useLayoutEffect(() => {
    if (following && count > 0) rows.scrollToIndex(count - 1, { align: 'end' });
  }, [following, count, size, rows]);
  useLayoutEffect(() => {
    if (startAt !== null && startAt <= count) rows.scrollToIndex(startAt - 1, { align: 'center' });
    // Once, when the row exists; later growth must not pull the page back.
  }, [startAt, startAt !== null && startAt <= count]);

  const pick = (number: number) => {
    const next = Math.min(Math.max(1, number), count);
    setFollowing(false);
    setPicked(next);
    rows.scrollToIndex(next - 1, { align: 'auto' });
  };
  useKeys('live', {
    segmentNext: () => pick((picked ?? from - 1) + 1),
    segmentPrevious: () => pick((picked ?? to + 1) - 1),
    alertNext: () => pick(nextAlert(transcript, picked ?? 0) ?? picked ?? 1),
    segmentPlay: () => {
      const segment = transcript.byNumber.get(picked ?? count);
      if (segment) void togglePlay({ key: segment.id, liveId, startMs: segment.startMs, endMs: segment.endMs });
    },
    follow: () => setFollowing(true),
  });

  if (count === 0 && gaps.length === 0) return <NothingYet live={live} />;
  return (
    <div className={css.box}>
      {failed ? <Problem error={failed} onRetry={() => void readRows(liveId, { from, to })} /> : null}
      <div
        ref={scroller}
        className={css.scroll}
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label={t('live.transcript')}
      >
        <ol className={css.rows} style={{ height: size }}>
          {visible.map((row) => {
            const number = row.index + 1;
            return (
              <li
                key={row.key}
                ref={rows.measureElement}
                data-index={row.index}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                {gapsBefore(transcript, gaps, number).map((gap) => (
                  <GapLine key={gap.id} gap={gap} />
                ))}
                <SegmentRow
                  number={number}
                  segment={transcript.byNumber.get(number) ?? null}
                  startedAt={live.startedAt}
                  picked={number === picked}
                  onPick={() => setPicked(number)}
                />
              </li>
            );
          })}
        </ol>
        {gapsAtEnd(transcript, gaps).map((gap) => (
          <GapLine key={gap.id} gap={gap} />
        ))}
      </div>
      {!following && count > to && (
        <div className={css.resume}>
          <Button look="main" icon={<IconArrowDown />} keyId="follow" onClick={() => setFollowing(true)}>
            {live.state === 'en_cours' ? t('live.follow') : t('live.toEnd')} (
            {t('live.below', { count: count - to, shown: format.integer(count - to) })})
          </Button>
        </div>
      )}
    </div>
  );
}

/** The next segment with an alert among those read, after `number`. */
function nextAlert(transcript: Known, number: number): number | null {
  const alerting = [...transcript.byNumber.values()].filter(
    (segment) => segment.alertId !== null && segment.number > number,
  );
  return alerting.length === 0 ? null : Math.min(...alerting.map((segment) => segment.number));
}
