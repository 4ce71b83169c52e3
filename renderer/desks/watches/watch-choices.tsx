import { Select } from '@mantine/core';
import type { Watch, WatchPolicy } from '#shared/model/watch.ts';
import { watchPolicies } from '#shared/model/watch.ts';
import { useWords } from '../../i18n/index.ts';
import { CasePicker } from '../cases/case-picker.tsx';
import { useWatchActions } from './watch-actions.ts';
import css from './watches.module.css';

/** 0 urgent, 1 normal, 2 low, as the engine stores them. */
const priorities = ['0', '1', '2'];

/** What happens when a live of this account begins, who goes first, and in which case its lives are. */
export function WatchChoices({ watch }: { watch: Watch }) {
  const { t } = useWords();
  const actions = useWatchActions();
  return (
    <section className={css.choices} aria-label={t('watches.choices')}>
      <Select
        label={t('watches.policy')}
        description={t(`watches.policyMeans.${watch.policy}`)}
        data={watchPolicies.map((value) => ({ value, label: t(`watches.policies.${value}`) }))}
        value={watch.policy}
        allowDeselect={false}
        onChange={(value) => value && actions.change(watch, { policy: value as WatchPolicy })}
      />
      <Select
        label={t('watches.priority')}
        description={t(`watches.priorityMeans.${watch.priority}`)}
        data={priorities.map((value) => ({ value, label: t(`watches.priorities.${value}`) }))}
        value={String(watch.priority)}
        allowDeselect={false}
        onChange={(value) => value && actions.change(watch, { priority: Number(value) })}
      />
      <CasePicker
        label={t('cases.one')}
        value={watch.caseId}
        onChange={(caseId) => actions.change(watch, { caseId })}
      />
    </section>
  );
}
