import { IconArrowDown } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useState } from 'react';
import type { Gap, Live } from '#shared/model/live.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { useWords } from '../../i18n/index.ts';
import { problemText } from '../../link/problem.ts';
import { Button } from '../../parts/button.tsx';
import { Problem } from '../../parts/notice.tsx';
import { toast } from '../../parts/toast.tsx';
import { togglePlay } from '../../stores/sound.ts';
import { closeTranscript, openTranscript, readRows, useTranscripts } from '../../stores/transcripts.ts';
import { emptyTranscript, gapsAtEnd, gapsBefore } from '../../stores/transcript-fold.ts';
import { nextAlert } from './next-alert.ts';
import { GapLine } from './gap-line.tsx';
import { NoteDialog } from './note-dialog.tsx';
import { NothingYet } from './nothing-yet.tsx';
import { SegmentRow } from './segment-row.tsx';
import { TentativeLine } from './tentative-line.tsx';
import { useNoteActions } from './use-notes.ts';
import { useFollow } from './use-follow.ts';
import css from './transcript.module.css';

/** Rows still to be written that stay in sight while following. */
const glimpse = 2;

type Props = {
  live: Live;
  gaps: readonly Gap[];
  startAt: number | null;
  /** The newest sound is written before what waits. */ skipped: boolean;
};

/** Everything said in one live, in order. Only the rows on screen exist and are read. */
export function Transcript({ live, gaps, startAt, skipped }: Props) {
  const { t, format } = useWords();
  const liveId = live.id;
  // A state, not a ref: the box appears with the first segment, and its listeners with it.
  const [box, setBox] = useState<HTMLDivElement | null>(null);
  const { following, setFollowing } = useFollow(box, startAt === null && live.state === 'en_cours', () => setAim(null));
  // Opened while it ran: the way back to the end stays on offer, also after the live has ended meanwhile.
  const [followable] = useState(live.state === 'en_cours');
  // The row asked for stays in the middle while the rows around it take their real heights.
  const [aim, setAim] = useState(startAt);
  const transcript = useTranscripts((state) => state.byLive[liveId]) ?? emptyTranscript;
  const failed = useTranscripts((state) => state.failed[liveId]);
  const [picked, setPicked] = useState<number | null>(startAt);
  const [correcting, setCorrecting] = useState<number | null>(null);
  /** The moment that a note is being written on; null: none is. */
  const [noting, setNoting] = useState<{ atMs: number | null } | null>(null);
  const notes = useNoteActions(liveId);
  const count = transcript.last;
  const rows = useVirtualizer({
    count,
    getScrollElement: () => box,
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
  // What is followed is the writing, with a glimpse of what waits behind it: a file is heard much faster than written.
  const front = skipped ? count : Math.min(count, Math.max(1, live.segments - live.openSegments) + glimpse);
  useLayoutEffect(() => {
    if (following && front > 0) rows.scrollToIndex(front - 1, { align: 'end' });
  }, [following, front, size, rows]);
  useLayoutEffect(() => {
    if (aim !== null && aim <= count) rows.scrollToIndex(aim - 1, { align: 'center' });
  }, [aim, count, size, rows]);

  const pick = (number: number) => {
    const next = Math.min(Math.max(1, number), count);
    setFollowing(false);
    setAim(null);
    setPicked(next);
    rows.scrollToIndex(next - 1, { align: 'auto' });
  };
  const resume = () => {
    setAim(null);
    setFollowing(true);
  };
  /** The segment that is looked at, or now. */
  const moment = () => (picked === null ? null : (transcript.byNumber.get(picked)?.startMs ?? null));
  useKeys('live', {
    segmentNext: () => pick((picked ?? from - 1) + 1),
    segmentPrevious: () => pick((picked ?? to + 1) - 1),
    alertNext: () =>
      void nextAlert(liveId, picked ?? 0).then(
        (number) => (number === null ? toast(t('live.noMoreAlerts'), { id: 'no-more-alerts' }) : pick(number)),
        (error: unknown) => toast(problemText(error, t), { bad: true }),
      ),
    segmentPlay: () => {
      const segment = transcript.byNumber.get(picked ?? count);
      if (segment) void togglePlay({ key: segment.id, liveId, startMs: segment.startMs, endMs: segment.endMs });
    },
    follow: resume,
    bookmark: () => notes.add.mutate({ atMs: moment() ?? undefined, text: '' }),
    noteHere: () => setNoting({ atMs: moment() }),
    correct() {
      const number = picked ?? (count > 0 ? count : null);
      const segment = number === null ? undefined : transcript.byNumber.get(number);
      if (!segment || segment.state === 'heard') return toast(t('correction.nothing'), { id: 'correction' });
      setFollowing(false);
      setPicked(number);
      setCorrecting(number);
    },
  });

  if (count === 0 && gaps.length === 0)
    return (
      <>
        <NothingYet live={live} />
        <TentativeLine live={live} />
      </>
    );
  return (
    <div className={css.box}>
      {failed ? <Problem error={failed} onRetry={() => void readRows(liveId, { from, to })} /> : null}
      <div
        ref={setBox}
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
                  correcting={number === correcting}
                  onPick={() => setPicked(number)}
                  onCorrected={() => setCorrecting(null)}
                />
              </li>
            );
          })}
        </ol>
        {gapsAtEnd(transcript, gaps).map((gap) => (
          <GapLine key={gap.id} gap={gap} />
        ))}
      </div>
      <TentativeLine live={live} />
      {noting && (
        <NoteDialog
          atMs={noting.atMs}
          text=""
          onKeep={(text) => notes.add.mutate({ atMs: noting.atMs ?? undefined, text })}
          onClose={() => setNoting(null)}
        />
      )}
      {followable && !following && count > to && (
        <div className={css.resume}>
          <Button look="main" icon={<IconArrowDown />} keyId="follow" onClick={resume}>
            {t('live.follow', { count: count - to, shown: format.integer(count - to) })}
          </Button>
        </div>
      )}
    </div>
  );
}
