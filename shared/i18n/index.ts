import { createInstance, type i18n } from 'i18next';
import { en } from './en.ts';
import { fr } from './fr.ts';

export const locales = ['fr', 'en'] as const;
export type Locale = (typeof locales)[number];

/** The shared words as i18next resources under the namespace `domain`; a shell adds its own namespace beside it. */
export const domainResources = { fr: { domain: fr }, en: { domain: en } };

export type Translate = (key: string, values?: Record<string, unknown>) => string;

/** A translator over the shared words and a shell's own catalogue (namespace `shell`). Missing keys show themselves. */
export function createTranslator(locale: Locale, shell?: Record<Locale, object>): { t: Translate; instance: i18n } {
  const instance = createInstance();
  void instance.init({
    lng: locale,
    fallbackLng: false,
    initAsync: false,
    ns: ['shell', 'domain'],
    defaultNS: 'shell',
    fallbackNS: 'domain',
    interpolation: { escapeValue: false },
    resources: {
      fr: { domain: fr, shell: { ...shell?.fr } },
      en: { domain: en, shell: { ...shell?.en } },
    },
  });
  return { t: (key, values) => instance.t(key, values ?? {}), instance };
}
