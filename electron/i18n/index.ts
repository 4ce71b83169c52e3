import { createTranslator, type Locale } from '#shared/i18n/index.ts';
import type { EngineFailure } from '../engine-messages.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';

type Label = Exclude<keyof typeof fr, 'alerts_one' | 'alerts_other' | 'score' | 'externalDetail' | 'externalOpen'>;

/** The words of menus, notices and dialogs. */
export type Words = Record<Label, string> & {
  locale: Locale;
  alerts(count: number): string;
  /** Basis points in, two decimals out, with the language's own decimal sign. */
  score(scoreBp: number): string;
  externalDetail(host: string): string;
  externalOpen(host: string): string;
  failure(failure: EngineFailure): string;
};

export function wordsOf(locale: Locale): Words {
  const { t } = createTranslator(locale, { fr, en });
  const labels = Object.fromEntries(Object.keys(fr).map((key) => [key, t(key)])) as Record<Label, string>;
  const decimals = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return {
    ...labels,
    locale,
    alerts: (count) => t('alerts', { count }),
    score: (scoreBp) => t('score', { score: decimals.format(scoreBp / 10_000) }),
    externalDetail: (host) => t('externalDetail', { host }),
    externalOpen: (host) => t('externalOpen', { host }),
    failure: ({ code, data }) => t(`domain:error.${code}`, data),
  };
}

/** The language before the engine has said which one the person chose: that of the system, French when it is neither. */
export function systemLocale(tag: string): Locale {
  return tag.toLowerCase().startsWith('en') ? 'en' : 'fr';
}
