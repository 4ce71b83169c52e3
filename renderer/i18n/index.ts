import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { createTranslator, locales, type Locale, type Translate } from '#shared/i18n/index.ts';
import { en } from './en.ts';
import { createFormat, type Format } from './format.ts';
import { fr } from './fr.ts';

export { timecode } from './format.ts';

const remembered = 'vigie.locale';

function firstLocale(): Locale {
  const stored = localStorage.getItem(remembered);
  return locales.find((locale) => locale === stored) ?? 'fr';
}

/** The words of the window (namespace `shell`) over the words that every shell shares. */
export const i18n = createTranslator(firstLocale(), { fr, en }).instance;

export function currentLocale(): Locale {
  return i18n.language === 'en' ? 'en' : 'fr';
}

/** Shows the window in another language, now and at the next opening. Keeping it in the settings is the caller's part. */
export function showLocale(locale: Locale): void {
  localStorage.setItem(remembered, locale);
  document.documentElement.lang = locale;
  if (i18n.language !== locale) void i18n.changeLanguage(locale);
}

/** Words outside a component: toasts, and messages of stores. */
export const say: Translate = (key, values) => i18n.t(key, values ?? {});

export type Words = { t: Translate; locale: Locale; format: Format };

/** Words and figures in the language of the window. */
export function useWords(): Words {
  const { t } = useTranslation(undefined, { i18n });
  const locale = currentLocale();
  return useMemo(() => ({ t: t as unknown as Translate, locale, format: createFormat(locale) }), [t, locale]);
}
