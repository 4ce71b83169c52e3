import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newId } from '#shared/ids.ts';
import type { SpeechModel } from '#shared/model/speech-model.ts';
import { useWords } from '../../i18n/index.ts';
import { engine } from '../../link/engine.ts';
import { Button } from '../../parts/button.tsx';
import { Caution, Problem, Reading } from '../../parts/notice.tsx';
import { modelsQuery, settingsQuery, statusQuery } from '../../stores/queries.ts';
import { ImportModel } from './import-model.tsx';
import { ModelLine } from './model-line.tsx';
import { Setting } from './setting.tsx';
import css from './settings.module.css';

/** Which speech models are here, which suit this machine, and how to get one: from the network or from a file. */
export function Models() {
  const { t, format } = useWords();
  const [all, setAll] = useState(false);
  const { data, error, refetch, isFetching } = useQuery(modelsQuery());
  const network = useQuery(settingsQuery()).data?.network ?? true;
  const next = useQuery(statusQuery()).data?.nextModel;
  const { mutate, error: refusal } = useModelChange();
  if (!data) return error ? <Problem error={error} onRetry={() => void refetch()} busy={isFetching} /> : <Reading />;
  const shown = data.items.filter((model) => all || isOfInterest(model));
  return (
    <section className={css.section} aria-label={t('models.title')}>
      <div className={css.title}>
        <h2>{t('models.title')}</h2>
        <Button look="quiet" onClick={() => setAll(!all)} aria-expanded={all}>
          {t(all ? 'models.fewer' : 'models.all')}
        </Button>
      </div>
      <p className="soft label">
        {t('models.machine', { memory: format.bytes(data.memoryBytes), free: format.bytes(data.freeBytes) })}
      </p>
      {next !== undefined && (!next || next.test) && <Caution>{t(`modelNotice.${next ? 'test' : 'none'}`)}</Caution>}
      {!network && <Caution>{t('models.networkOff')}</Caution>}
      {refusal && <Problem error={refusal} />}
      <ul className={css.checks}>
        {shown.map((model) => (
          <ModelLine key={model.id} model={model} onChange={mutate} />
        ))}
      </ul>
      <Setting name={t('models.import')} says={t('models.importHint')}>
        <ImportModel onImport={(path, onTaken) => mutate({ what: 'import', path }, { onSuccess: onTaken })} />
      </Setting>
    </section>
  );
}

export type ModelChange =
  | { what: 'download' | 'cancel' | 'delete' | 'choose'; model: string }
  | { what: 'import'; path: string };

function useModelChange() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (change: ModelChange): Promise<unknown> => {
      const commandId = newId(Date.now());
      if (change.what === 'import') return await engine.models.import({ path: change.path, commandId });
      const { what, model } = change;
      if (what === 'choose') return await engine.system.changeSettings({ patch: { model }, commandId });
      return await engine.models[what]({ model, commandId });
    },
    onSettled: () => {
      for (const queryKey of [['models'], ['settings'], ['status']]) void queries.invalidateQueries({ queryKey });
    },
  });
}

/** Of seventeen models the ones to look at first: what is here or coming, and one of each size that suits. */
function isOfInterest({ id, installed, arrival, recommended }: SpeechModel): boolean {
  return (
    installed !== null || arrival !== null || recommended || ['base', 'medium-q5_0', 'large-v3-turbo-q5_0'].includes(id)
  );
}
