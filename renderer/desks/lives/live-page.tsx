import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useWords } from '../../i18n/index.ts';
import { Problem, Reading } from '../../parts/notice.tsx';
import { SpeechTrouble } from '../../parts/speech-trouble.tsx';
import { LiveHead } from './live-head.tsx';
import { LiveTitle } from './live-title.tsx';
import { Transcript } from './transcript.tsx';
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
  return (
    <>
      <LiveTitle title={data.live.title} />
      <SpeechTrouble />
      <LiveHead live={data.live} gaps={data.gaps} />
      {/* Another live is another transcript: nothing of its scroll or follow state goes over. */}
      <Transcript key={`${liveId} ${at ?? ''}`} live={data.live} gaps={data.gaps} startAt={at ?? null} />
    </>
  );
}
