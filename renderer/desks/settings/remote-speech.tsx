import { NumberInput, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { settings as schema, type Settings } from '#shared/model/settings.ts';
import type { RemoteSpeechState } from '#shared/model/system.ts';
import { useWords } from '../../i18n/index.ts';
import { Problem, Reading } from '../../parts/notice.tsx';
import { useChangeSettings } from '../../stores/change-settings.ts';
import { settingsQuery, statusQuery } from '../../stores/queries.ts';
import { Setting } from './setting.tsx';
import { Typed } from './typed.tsx';
import css from './settings.module.css';

type Terms = Settings['remoteSpeech'];

/** A server that writes speech down: off by default, named here, allowed case by case. */
export function RemoteSpeech() {
  const { t } = useWords();
  const settings = useQuery(settingsQuery());
  const state = useQuery(statusQuery()).data?.remoteSpeech;
  const { mutate, error, isPending } = useChangeSettings();
  const terms = settings.data?.remoteSpeech;
  if (!terms) return settings.error ? null : <Reading />;
  const keep = (change: Partial<Terms>) => mutate({ remoteSpeech: { ...terms, ...change } });
  return (
    <section className={css.section} aria-busy={isPending} aria-label={t('remoteSpeech.title')}>
      <h2>{t('remoteSpeech.title')}</h2>
      <p className="soft label">{t('remoteSpeech.warning')}</p>
      {error && <Problem error={error} />}
      <Setting name={t('remoteSpeech.use')} says={t('remoteSpeech.useHint')}>
        <Switch
          label={t(terms.enabled ? 'remoteSpeech.on' : 'remoteSpeech.off')}
          checked={terms.enabled}
          onChange={(event) => keep({ enabled: event.currentTarget.checked })}
        />
      </Setting>
      <Setting name={t('remoteSpeech.address')} says={t('remoteSpeech.addressHint')}>
        <Typed
          label={t('remoteSpeech.address')}
          value={terms.baseUrl}
          problem={(value) =>
            schema.shape.remoteSpeech.shape.baseUrl.safeParse(value).success ? null : t('remoteSpeech.notAnAddress')
          }
          onKeep={(baseUrl) => keep({ baseUrl })}
        />
      </Setting>
      <Setting name={t('remoteSpeech.model')} says={t('remoteSpeech.modelHint')}>
        <Typed
          label={t('remoteSpeech.model')}
          value={terms.model}
          problem={(value) => (value.trim() === '' ? t('remoteSpeech.noModel') : null)}
          onKeep={(model) => keep({ model })}
        />
      </Setting>
      <Setting name={t('remoteSpeech.budget')} says={t('remoteSpeech.budgetHint')}>
        <NumberInput
          aria-label={t('remoteSpeech.budget')}
          min={0}
          max={1440}
          step={10}
          allowDecimal={false}
          clampBehavior="strict"
          suffix={` ${t('remoteSpeech.minutes')}`}
          value={terms.minutesPerDay}
          onChange={(value) => typeof value === 'number' && keep({ minutesPerDay: value })}
        />
      </Setting>
      <Setting name={t('watch.allowPrivate')} says={t('remoteSpeech.privateHint')}>
        <Switch
          aria-label={t('watch.allowPrivate')}
          checked={terms.allowPrivate}
          onChange={(event) => keep({ allowPrivate: event.currentTarget.checked })}
        />
      </Setting>
      {state && <State state={state} />}
    </section>
  );
}

/** What happens to the next sound, and what went wrong last. */
function State({ state }: { state: RemoteSpeechState }) {
  const { t, format } = useWords();
  const { localBecause, lastFailure, spentMs, budgetMs, hasKey } = state;
  return (
    <div className="label" role="status">
      <p>
        {localBecause === null ? t('remoteSpeech.goes', { host: state.host }) : t(`remoteSpeech.stays.${localBecause}`)}
      </p>
      {localBecause !== 'off' && (
        <>
          <p>
            {t('remoteSpeech.spent', { spent: format.duration(spentMs), budget: format.duration(budgetMs) })}
            {' · '}
            {t(hasKey ? 'remoteSpeech.hasKey' : 'remoteSpeech.noKey')}
          </p>
          {lastFailure && (
            <p>
              {t('remoteSpeech.failed', {
                at: format.timeOfDay(lastFailure.at),
                why: t(`remoteFailure.${lastFailure.reason ?? lastFailure.code}`),
                until: format.timeOfDay(lastFailure.restUntil),
              })}
            </p>
          )}
        </>
      )}
    </div>
  );
}
