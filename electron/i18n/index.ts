import { createTranslator, type Locale } from '#shared/i18n/index.ts';
import type { EngineFailure } from '../engine-messages.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';

type Label = Exclude<
  keyof typeof fr,
  'alerts_one' | 'alerts_other' | 'score' | 'liveSummary' | 'externalDetail' | 'externalOpen'
>;

/** The words of menus, notices and dialogs. */
export type Words = Record<Label, string> & {
  locale: Locale;
  alerts(count: number): string;
  /** Basis points in, two decimals out, with the language's own decimal sign. */
  score(scoreBp: number): string;
  liveSummary(figures: { durationMs: number; alerts: number; gaps: number }): string;
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
    liveSummary: ({ durationMs, alerts, gaps }) => t('liveSummary', { length: lengthOf(durationMs), alerts, gaps }),
    externalDetail: (host) => t('externalDetail', { host }),
    externalOpen: (host) => t('externalOpen', { host }),
    failure: ({ code, data }) => t(`domain:error.${code}`, data),
  };
}

/** The language before the engine has said which one the person chose: that of the system, French when it is neither. */
export function systemLocale(tag: string): Locale {
  return tag.toLowerCase().startsWith('en') ? 'en' : 'fr';
}

/** Hours and minutes: a notice is read at a glance. The units are the same in both languages. */
function lengthOf(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  return minutes < 60
    ? `${minutes}\u00a0min`
    : `${Math.floor(minutes / 60)}\u00a0h\u00a0${String(minutes % 60).padStart(2, '0')}\u00a0min`;
}
