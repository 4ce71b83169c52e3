import { useMutation, useQuery } from '@tanstack/react-query';
import { newId } from '#shared/ids.ts';
import type { Live, SoundDrop } from '#shared/model/live.ts';
import { useWords } from '../../i18n/index.ts';
import { engine } from '../../link/engine.ts';
import { problemText } from '../../link/problem.ts';
import { Button } from '../../parts/button.tsx';
import { Caution } from '../../parts/notice.tsx';
import { queryClient, settingsQuery } from '../../stores/queries.ts';
import css from './lane-notices.module.css';

const hourMs = 3_600_000;

/** What becomes of the sound: what was erased and when, or from when on it may be, and how to keep it. A live that keeps all of it says nothing. */
export function SoundNotice({ live, drops }: { live: Live; drops: readonly SoundDrop[] }) {
  const { t, format } = useWords();
  const hours = useQuery(settingsQuery()).data?.dropSoundAfterHours;
  const keep = useMutation({
    mutationFn: () => engine.lives.keepSound({ liveId: live.id, keepAudio: true, commandId: newId(Date.now()) }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['live', live.id] }),
  });
  const droppedMs = drops.reduce((sum, drop) => sum + drop.endMs - drop.startMs, 0);
  if (live.soundDroppedAt !== null)
    return (
      <Caution>
        <p role="status">
          {t('sound.erased', {
            at: format.dateTime(live.soundDroppedAt),
            length: format.duration(droppedMs),
            kept: format.duration(Math.max(0, live.capturedMs - droppedMs)),
          })}
        </p>
      </Caution>
    );
  if (live.keepAudio || hours === undefined) return null;
  const says =
    live.endedAt === null || live.openSegments > 0
      ? t('sound.willGo', { count: hours })
      : live.pendingAlerts > 0
        ? t('sound.waitsForReview', { count: live.pendingAlerts })
        : t('sound.goesFrom', { at: format.dateTime(live.endedAt + hours * hourMs) });
  return (
    <div className={css.backfill}>
      <p role="status">{keep.error ? problemText(keep.error, t) : says}</p>
      <Button look="quiet" busy={keep.isPending} onClick={() => keep.mutate()}>
        {t('sound.keepAll')}
      </Button>
    </div>
  );
}
