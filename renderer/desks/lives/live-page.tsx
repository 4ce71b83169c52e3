import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Gap, Live, SoundDrop } from '#shared/model/live.ts';
import { useWords } from '../../i18n/index.ts';
import { Problem, Reading } from '../../parts/notice.tsx';
import { SpeechTrouble } from '../../parts/speech-trouble.tsx';
import { LiveCourse } from './live-course.tsx';
import { LaneNotices } from './lane-notices.tsx';
import { LiveHead } from './live-head.tsx';
import { NotesStrip } from './notes-strip.tsx';
import { LiveTitle } from './live-title.tsx';
import { SoundNotice } from './sound-notice.tsx';
import { Transcript } from './transcript.tsx';
import { useLanes } from './use-lanes.ts';
import { liveQuery } from '../../stores/queries.ts';

const route = getRouteApi('/lives/$liveId');

/** One live: what is known of it, and everything said, as it comes. */
export function LivePage() {
  const { liveId } = route.useParams();
  const { at } = route.useSearch();
  const { t } = useWords();
  const { data, error, refetch, isFetching } = useQuery(liveQuery(liveId));
  if (error && !data) {
    return (
      <>
        <LiveTitle title={t('desk.lives')} />
        <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />
      </>
    );
  }
  if (!data) return <Reading />;
  return <OneLive key={liveId} live={data.live} gaps={data.gaps} drops={data.drops} at={at ?? null} />;
}

function OneLive({
  live,
  gaps,
  drops,
  at,
}: {
  live: Live;
  gaps: readonly Gap[];
  drops: readonly SoundDrop[];
  at: number | null;
}) {
  const lanes = useLanes(live);
  return (
    <>
      <LiveTitle title={live.title} />
      <SpeechTrouble />
      <LaneNotices lanes={lanes} />
      <SoundNotice live={live} drops={drops} />
      <LiveHead live={live} gaps={gaps} lanes={lanes} />
      <LiveCourse live={live} />
      <NotesStrip liveId={live.id} />
      {/* Another live is another transcript: nothing of its scroll or follow state goes over. */}
      <Transcript
        key={`${live.id} ${at ?? ''}`}
        live={live}
        gaps={gaps}
        startAt={at}
        skipped={lanes.backfill.segments > 0}
      />
    </>
  );
}
