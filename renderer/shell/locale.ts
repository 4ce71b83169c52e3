import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Locale } from '#shared/i18n/index.ts';
import { showLocale } from '../i18n/index.ts';
import { useChangeSettings } from '../stores/change-settings.ts';
import { settingsQuery } from '../stores/queries.ts';

/** Shows the window in the language that the settings hold, whoever changed it. */
export function useKeptLocale(): void {
  const kept = useQuery(settingsQuery()).data?.locale;
  useEffect(() => {
    if (kept) showLocale(kept);
  }, [kept]);
}

/** Changes the language at once and keeps it in the settings. */
export function useSwitchLocale(): (locale: Locale) => void {
  const { mutate } = useChangeSettings();
  return (locale) => {
    showLocale(locale);
    mutate({ locale });
  };
}
