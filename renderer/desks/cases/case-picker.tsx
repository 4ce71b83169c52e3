import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useWords } from '../../i18n/index.ts';
import { casesQuery } from '../../stores/queries.ts';

/** Which open case a live belongs to; one that was closed meanwhile is still named. */
export function CasePicker(given: {
  value: string | null;
  onChange: (caseId: string | null) => void;
  label?: string;
  /** What stands there when none is chosen. */
  placeholder?: string;
  className?: string;
  disabled?: boolean;
}) {
  const { t } = useWords();
  const items = useQuery(casesQuery(true)).data?.items ?? [];
  const shown = items.filter((one) => one.closedAt === null || one.id === given.value);
  return (
    <Select
      className={given.className}
      label={given.label}
      aria-label={t('cases.one')}
      placeholder={given.placeholder ?? t('cases.none')}
      data={shown.map((one) => ({ value: one.id, label: one.title }))}
      value={given.value}
      onChange={given.onChange}
      disabled={given.disabled}
      nothingFoundMessage={t('cases.empty.title')}
      clearable
      searchable={shown.length > 8}
    />
  );
}
