import { IconPlayerPlay, IconPlayerStop, IconVolumeOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { problemText } from '../link/problem.ts';
import { togglePlay, useSound, type Stretch } from '../stores/sound.ts';
import { erasedQuery } from '../stores/queries.ts';
import { useWords } from '../i18n/index.ts';
import css from './play-button.module.css';

/** Hears one stretch of the spool; the same button stops it. */
export function PlayButton({ stretch, label }: { stretch: Stretch; label: string }) {
  const { t, format } = useWords();
  const erasedAt = useQuery(erasedQuery(stretch.liveId, stretch.startMs, stretch.endMs)).data ?? null;
  const sound = useSound();
  const state = sound.key === stretch.key ? sound.state : 'silent';
  const playing = state === 'playing' || state === 'loading';
  const failed = sound.state === 'failed' && state === 'failed' ? problemText(sound.error, t) : label;
  const title = erasedAt === null ? failed : t('sound.erasedHere', { at: format.dateTime(erasedAt) });
  return (
    <button
      type="button"
      className={css.play}
      data-state={state}
      title={title}
      aria-label={playing ? t('sound.stop') : title}
      aria-pressed={playing}
      aria-disabled={erasedAt !== null}
      onClick={() => erasedAt === null && void togglePlay(stretch)}
    >
      {erasedAt !== null ? (
        <IconVolumeOff aria-hidden="true" />
      ) : playing ? (
        <IconPlayerStop aria-hidden="true" />
      ) : (
        <IconPlayerPlay aria-hidden="true" />
      )}
    </button>
  );
}
