import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { problemText } from '../link/problem.ts';
import { togglePlay, useSound, type Stretch } from '../stores/sound.ts';
import { useWords } from '../i18n/index.ts';
import css from './play-button.module.css';

/** Hears one stretch of the spool; the same button stops it. */
export function PlayButton({ stretch, label }: { stretch: Stretch; label: string }) {
  const { t } = useWords();
  const sound = useSound();
  const state = sound.key === stretch.key ? sound.state : 'silent';
  const playing = state === 'playing' || state === 'loading';
  const title = sound.state === 'failed' && state === 'failed' ? problemText(sound.error, t) : label;
  return (
    <button
      type="button"
      className={css.play}
      data-state={state}
      title={title}
      aria-label={playing ? t('sound.stop') : title}
      aria-pressed={playing}
      onClick={() => void togglePlay(stretch)}
    >
      {playing ? <IconPlayerStop aria-hidden="true" /> : <IconPlayerPlay aria-hidden="true" />}
    </button>
  );
}
