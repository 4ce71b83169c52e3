import { useWords } from '../../i18n/index.ts';
import { DeskTitle } from '../../shell/desk-title.tsx';
import { Doctor } from './doctor.tsx';
import { Choices } from './choices.tsx';
import { Models } from './models.tsx';
import { Programs } from './programs.tsx';
import { RemoteSpeech } from './remote-speech.tsx';
import { SoundKept } from './sound-kept.tsx';
import { WordsOnTime } from './words-on-time.tsx';
import css from './settings.module.css';

/** What can be changed, and whether every part works. */
export function SettingsDesk() {
  const { t } = useWords();
  return (
    <>
      <DeskTitle plain={t('settings.page')} />
      <div className={css.scroll}>
        <div className={css.column}>
          <Choices />
          <Models />
          <WordsOnTime />
          <SoundKept />
          <RemoteSpeech />
          <Programs />
        </div>
        <Doctor />
      </div>
    </>
  );
}
