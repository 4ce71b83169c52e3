import { useQuery } from '@tanstack/react-query';
import { useWords } from '../../i18n/index.ts';
import { Problem } from '../../parts/notice.tsx';
import { useChangeSettings } from '../../stores/change-settings.ts';
import { settingsQuery } from '../../stores/queries.ts';
import { Setting } from './setting.tsx';
import { Typed } from './typed.tsx';
import css from './settings.module.css';

const programs = ['inputFfmpeg', 'ytDlp', 'streamlink'] as const;

/** Programs of the person's own, by their full path. None is needed, none is fetched. */
export function Programs() {
  const { t } = useWords();
  const settings = useQuery(settingsQuery()).data;
  const { mutate, error, isPending } = useChangeSettings();
  if (!settings) return null;
  return (
    <section className={css.section} aria-busy={isPending} aria-label={t('programs.title')}>
      <h2>{t('programs.title')}</h2>
      {error && <Problem error={error} />}
      {programs.map((program) => (
        <Setting key={program} name={t(`programs.${program}`)} says={t(`programs.${program}Hint`)}>
          <Typed
            label={t(`programs.${program}`)}
            value={settings[program]}
            placeholder={t('programs.none')}
            problem={() => null}
            onKeep={(path) => mutate({ [program]: path })}
          />
        </Setting>
      ))}
    </section>
  );
}
