import { Select, Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { newId } from '#shared/ids.ts';
import type { Settings } from '#shared/model/settings.ts';
import { useWords } from '../../i18n/index.ts';
import { engine } from '../../link/engine.ts';
import { Problem } from '../../parts/notice.tsx';
import { useChangeSettings } from '../../stores/change-settings.ts';
import { settingsQuery } from '../../stores/queries.ts';
import { Setting } from './setting.tsx';
import css from './settings.module.css';

/** Seconds. */
const segmentLengths = [5, 10, 15, 20, 30];

/** Whether words are written at all, and what happens by itself when they are late. */
export function WordsOnTime() {
  const { t, format } = useWords();
  const queries = useQueryClient();
  const { data } = useQuery(settingsQuery());
  const pause = useMutation({
    mutationFn: (paused: boolean) => engine.lanes.pause({ liveId: null, paused, commandId: newId(Date.now()) }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['settings'] });
      void queries.invalidateQueries({ queryKey: ['status'] });
    },
  });
  const change = useChangeSettings();
  if (!data) return null;
  const error = pause.error ?? change.error;
  return (
    <section className={css.section} aria-busy={pause.isPending || change.isPending}>
      {error && <Problem error={error} />}
      <Setting name={t('lanes.setting')} says={t('lanes.settingHint')}>
        <Switch
          label={t(data.transcriptionPaused ? 'lanes.stopped' : 'lanes.running')}
          checked={!data.transcriptionPaused}
          onChange={(event) => pause.mutate(!event.currentTarget.checked)}
        />
      </Setting>
      <Setting name={t('lanes.whenBehind')} says={t('lanes.whenBehindHint')}>
        <Select
          aria-label={t('lanes.whenBehind')}
          data={[
            { value: 'propose', label: t('lanes.propose') },
            { value: 'lighter-model', label: t('lanes.lighterModel') },
          ]}
          value={data.whenBehind}
          onChange={(value) => value && change.mutate({ whenBehind: value as Settings['whenBehind'] })}
        />
      </Setting>
      <Setting name={t('segmentLength.name')} says={t('segmentLength.says')}>
        <Select
          aria-label={t('segmentLength.name')}
          data={[...new Set([...segmentLengths, data.segmentSeconds])]
            .toSorted((a, b) => a - b)
            .map((seconds) => ({ value: String(seconds), label: format.duration(seconds * 1000) }))}
          value={String(data.segmentSeconds)}
          onChange={(value) => value && change.mutate({ segmentSeconds: Number(value) })}
        />
      </Setting>
      <Setting name={t('tentative.setting')} says={t('tentative.settingHint')}>
        <Switch
          label={t(data.tentativeText ? 'tentative.on' : 'tentative.off')}
          checked={data.tentativeText}
          onChange={(event) => change.mutate({ tentativeText: event.currentTarget.checked })}
        />
      </Setting>
    </section>
  );
}
