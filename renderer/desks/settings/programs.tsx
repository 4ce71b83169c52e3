import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { newId } from '#shared/ids.ts';
import type { Settings } from '#shared/model/settings.ts';
import { useWords } from '../../i18n/index.ts';
import { engine } from '../../link/engine.ts';
import { Problem } from '../../parts/notice.tsx';
import { settingsQuery } from '../../stores/queries.ts';
import { Setting } from './setting.tsx';
import { Typed } from './typed.tsx';
import css from './settings.module.css';

const programs = ['inputFfmpeg', 'ytDlp', 'streamlink'] as const;

/** Programs of the person's own, by their full path. None is needed, none is fetched. */
export function Programs() {
  const { t } = useWords();
  const queries = useQueryClient();
  const settings = useQuery(settingsQuery()).data;
  const { mutate, error, isPending } = useMutation({
    mutationFn: (patch: Partial<Settings>) => engine.system.changeSettings({ patch, commandId: newId(Date.now()) }),
    onSuccess: (kept) => queries.setQueryData(settingsQuery().queryKey, kept),
  });
  if (!settings) return null;
  return (
    <section className={css.section} aria-busy={isPending} aria-label={t('programs.title')}>
      <h2>{t('programs.title')}</h2>
      {error && <Problem error={error} />}
      {programs.map((program) => (
        <Setting key={program} name={t(`programs.${program}`)} says={t(`programs.${program}Hint`)}>
          <Typed
            key={settings[program]}
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
