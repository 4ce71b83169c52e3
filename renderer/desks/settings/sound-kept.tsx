import { useQuery } from '@tanstack/react-query';
import { useWords } from '../../i18n/index.ts';
import { Problem } from '../../parts/notice.tsx';
import { useChangeSettings } from '../../stores/change-settings.ts';
import { settingsQuery, soundUseQuery } from '../../stores/queries.ts';
import { Setting } from './setting.tsx';
import { Typed } from './typed.tsx';
import css from './settings.module.css';

const mostHours = 8760;
const isHours = (typed: string): boolean => /^\d{1,4}$/.test(typed) && Number(typed) >= 1 && Number(typed) <= mostHours;

/** How much of the disk the sound takes, and how long all of it stays when it may go. */
export function SoundKept() {
  const { t, format } = useWords();
  const { data } = useQuery(settingsQuery());
  const use = useQuery(soundUseQuery()).data;
  const change = useChangeSettings();
  if (!data) return null;
  return (
    <section className={css.section} aria-busy={change.isPending}>
      {change.error && <Problem error={change.error} />}
      <Setting name={t('sound.use')} says={t('sound.useHint')}>
        <span className="figure">
          {use
            ? t('sound.useValue', { size: format.bytes(use.bytes), count: use.lives, lives: format.integer(use.lives) })
            : '…'}
        </span>
      </Setting>
      <Setting name={t('sound.dropAfter')} says={t('sound.dropAfterHint')}>
        <Typed
          label={t('sound.dropAfter')}
          value={String(data.dropSoundAfterHours)}
          problem={(typed) => (isHours(typed.trim()) ? null : t('sound.dropAfterProblem'))}
          onKeep={(typed) => change.mutate({ dropSoundAfterHours: Number(typed) })}
        />
      </Setting>
    </section>
  );
}
