import { NumberInput, Select, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { languages } from '#shared/model/live.ts';
import { automaticModel } from '#shared/model/speech-model.ts';
import type { Settings } from '#shared/model/settings.ts';
import { bandOf } from '#shared/policy/risk.ts';
import { useWords } from '../../i18n/index.ts';
import { Problem, Reading } from '../../parts/notice.tsx';
import { RiskBadge } from '../../parts/risk-badge.tsx';
import { useChangeSettings } from '../../stores/change-settings.ts';
import { modelsQuery, settingsQuery, statusQuery } from '../../stores/queries.ts';
import { Setting } from './setting.tsx';
import css from './settings.module.css';

/** Each change shows and is kept at once. */
export function Choices() {
  const { t, format } = useWords();
  const settings = useQuery(settingsQuery());
  const models = useQuery(modelsQuery());
  const status = useQuery(statusQuery());
  const { mutate, error, isPending } = useChangeSettings();
  const { data } = settings;
  if (settings.error && !data)
    return <Problem error={settings.error} onRetry={() => void settings.refetch()} busy={settings.isFetching} />;
  if (!data) return <Reading />;
  const known = (models.data?.items ?? []).filter((model) => model.installed !== null);
  const next = status.data?.nextModel;
  return (
    <section className={css.section} aria-busy={isPending}>
      <h2>{t('settings.title')}</h2>
      {error && <Problem error={error} />}
      <Setting name={t('settings.threshold')} says={t('settings.thresholdHint')}>
        <Threshold valueBp={data.riskThresholdBp} onKeep={(riskThresholdBp) => mutate({ riskThresholdBp })} />
      </Setting>
      <Setting name={t('settings.language')} says={t('settings.languageHint')}>
        <Select
          aria-label={t('settings.language')}
          data={languages.map((value) => ({ value, label: t(`spoken.${value}`) }))}
          value={data.language}
          onChange={(value) => value && mutate({ language: value as Settings['language'] })}
        />
      </Setting>
      <Setting name={t('settings.model')} says={t('settings.modelHint')}>
        <Select
          aria-label={t('settings.model')}
          data={[
            {
              value: automaticModel,
              label:
                data.model === automaticModel && next
                  ? t('models.automatic', { model: next.id })
                  : t('models.automaticNone'),
            },
            ...known.map((model) => ({ value: model.id, label: `${model.id} · ${format.bytes(model.sizeBytes)}` })),
            ...(data.model === automaticModel || known.some((model) => model.id === data.model)
              ? []
              : [{ value: data.model, label: data.model }]),
          ]}
          value={data.model}
          onChange={(value) => value && mutate({ model: value })}
        />
      </Setting>
      <Setting
        name={t('settings.network')}
        says={t(data.network ? 'settings.networkOnHint' : 'settings.networkOffHint')}
      >
        <Switch
          label={t(data.network ? 'status.networkOn' : 'status.networkOff')}
          checked={data.network}
          onChange={(event) => mutate({ network: event.currentTarget.checked })}
        />
      </Setting>
    </section>
  );
}

/** The field answers a text while the number in it is not the shortest way to write it (0.70). */
function basisPoints(value: string | number): number | null {
  const typed = typeof value === 'number' ? value : Number.parseFloat(value.replace(',', '.'));
  return Number.isFinite(typed) ? Math.round(typed * 10_000) : null;
}

function Threshold({ valueBp, onKeep }: { valueBp: number; onKeep: (bp: number) => void }) {
  const { t, locale } = useWords();
  // Apart from what is kept, so that an answer that arrives while one types takes no figure away.
  const [draft, setDraft] = useState<string | number | null>(null);
  const value = draft ?? valueBp / 10_000;
  const typedBp = basisPoints(value);
  const keep = () => {
    if (typedBp !== null && typedBp !== valueBp) onKeep(typedBp);
    setDraft(null);
  };
  return (
    <span className={css.threshold}>
      <NumberInput
        aria-label={t('settings.threshold')}
        min={0}
        max={1}
        step={0.05}
        decimalScale={2}
        fixedDecimalScale
        decimalSeparator={locale === 'fr' ? ',' : '.'}
        clampBehavior="strict"
        value={value}
        onChange={setDraft}
        onBlur={keep}
        onKeyDown={(event) => event.key === 'Enter' && keep()}
      />
      {typedBp !== null && <RiskBadge key={bandOf(typedBp)} scoreBp={typedBp} />}
    </span>
  );
}
