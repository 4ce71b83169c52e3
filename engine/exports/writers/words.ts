import { createTranslator, type Translate } from '#shared/i18n/index.ts';
import type { TranscriptDocument } from '#shared/model/transcript-document.ts';
import type { Verdict } from '#shared/model/verdict.ts';
import { en } from '../i18n/en.ts';
import { fr } from '../i18n/fr.ts';

/** How one document says things: its language, its time zone, its numbers. */
export type Words = {
  t: Translate;
  /** 7000 -> `0,70` in French, `0.70` in English. */
  score(bp: number): string;
  /** `21 novembre 2026 à 14:03:05 (Europe/Paris)` from epoch ms. */
  date(atMs: number): string;
  /** `14:03:05` in the document's zone, from epoch ms. */
  clock(atMs: number): string;
  /** `21/11/2026`, the day in the document's zone, from epoch ms. */
  day(atMs: number): string;
  /** `1 h 02 min 05 s`; under a minute with tenths, from ms. */
  duration(ms: number): string;
  /** `Europe/Paris, UTC+01:00` at that moment. */
  zone(atMs: number): string;
  /** One sentence per reason of the verdict, with its quoted words. */
  justification(verdict: Verdict): string[];
};

export function createWords(document: Pick<TranscriptDocument, 'locale' | 'timeZone'>): Words {
  const { locale } = document;
  const { t: translate, instance } = createTranslator(locale, { fr, en });
  const t = remembered(translate);
  const zoneName = knownZone(document.timeZone);
  const dates = new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', {
    timeZone: zoneName,
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  });
  const parts = (atMs: number) =>
    Object.fromEntries(dates.formatToParts(atMs).map(({ type, value }) => [type, value])) as Record<string, string>;
  const numbers = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  // Thousands of these per document: the plain format, five times quicker than the parts.
  const times = new Intl.DateTimeFormat('en-GB', { timeZone: zoneName, timeStyle: 'medium', hourCycle: 'h23' });
  const clock = (atMs: number) => times.format(atMs);
  const days = new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', { timeZone: zoneName, dateStyle: 'short' });
  return {
    t,
    clock,
    day: (atMs) => days.format(atMs),
    score: (bp) => numbers.format(bp / 10_000),
    date(atMs) {
      const { day, month, year } = parts(atMs);
      const first = locale === 'fr' && day === '1' ? '1er' : day;
      return `${first}\u00a0${month} ${year} ${locale === 'fr' ? 'à' : 'at'}\u00a0${clock(atMs)} (${zoneName})`;
    },
    duration: (ms) => duration(ms, locale),
    zone: (atMs) =>
      `${zoneName}, ${(parts(atMs).timeZoneName ?? '').replace(/^GMT$/, 'UTC+00:00').replace('GMT', 'UTC')}`,
    justification: (verdict) =>
      verdict.reasons.map((reason) => {
        const target = verdict.targetText ?? (verdict.target ? t(`target.${verdict.target}`) : '');
        // A rule of a newer policy, or of a model, may have no sentence here: its name and its quote still stand.
        const key = `reason.${reason.rule}`;
        return instance.exists(key, { ns: 'domain' }) && typeof instance.getResource(locale, 'domain', key) === 'string'
          ? t(key, { quote: reason.quote, target })
          : t('segments.rule', { rule: reason.rule, quote: reason.quote });
      }),
  };
}

/** Thousands of segments say the same few things: a look-up instead of an interpolation, 20 times faster. */
function remembered(translate: Translate): Translate {
  const known = new Map<string, string>();
  return (key, values) => {
    const sentence = values ? `${key}\0${Object.values(values).join('\0')}` : key;
    let text = known.get(sentence);
    if (text === undefined) {
      text = translate(key, values);
      if (known.size < 5000) known.set(sentence, text);
    }
    return text;
  };
}

/** The zone itself when this machine knows it, else UTC: a printed time always names a zone it really is in. */
function knownZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return 'UTC';
    throw error;
  }
}

function duration(ms: number, locale: string): string {
  const nbsp = '\u00a0';
  if (ms < 59_950) {
    const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    return `${tenths.format(ms / 1000)}${nbsp}s`;
  }
  const two = (value: number) => String(value).padStart(2, '0');
  const seconds = Math.round(ms / 1000);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const tail = `${two(seconds % 60)}${nbsp}s`;
  return hours > 0
    ? `${hours}${nbsp}h${nbsp}${two(minutes)}${nbsp}min${nbsp}${tail}`
    : `${minutes}${nbsp}min${nbsp}${tail}`;
}
