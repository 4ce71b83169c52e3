import type { Locale } from '#shared/i18n/index.ts';

/** Figures as a reader of `locale` writes them. Times of the day are those of this machine. */
export type Format = {
  /** A score in basis points with two decimals: 7000 is 0,70. */
  score(bp: number): string;
  integer(value: number): string;
  date(atMs: number): string;
  /** d/m/Y H:i:s in French. */
  dateTime(atMs: number): string;
  timeOfDay(atMs: number): string;
  /** A length in words small enough for a table: 4 min 05 s. */
  duration(ms: number): string;
  bytes(sizeBytes: number): string;
  percent(bp: number): string;
  /** How many times: two figures that count. */
  times(value: number): string;
};

const cache = new Map<Locale, Format>();

export function createFormat(locale: Locale): Format {
  const known = cache.get(locale);
  if (known) return known;
  const tag = locale === 'fr' ? 'fr-FR' : 'en-GB';
  const score = new Intl.NumberFormat(tag, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const integer = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 });
  const oneDecimal = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 });
  const twoFigures = new Intl.NumberFormat(tag, { maximumSignificantDigits: 2 });
  const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 });
  const day = new Intl.DateTimeFormat(tag, { day: '2-digit', month: '2-digit', year: 'numeric' });
  const time = new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
  const units = locale === 'fr' ? ['o', 'ko', 'Mo', 'Go', 'To'] : ['B', 'kB', 'MB', 'GB', 'TB'];
  const format: Format = {
    score: (bp) => score.format(bp / 10_000),
    integer: (value) => integer.format(value),
    date: (atMs) => day.format(atMs),
    dateTime: (atMs) => `${day.format(atMs)} ${time.format(atMs)}`,
    timeOfDay: (atMs) => time.format(atMs),
    duration: (ms) => durationWords(ms),
    times: (value) => twoFigures.format(value),
    percent: (bp) => percent.format(bp / 10_000),
    bytes(sizeBytes) {
      let value = sizeBytes;
      let unit = 0;
      while (value >= 1000 && unit < units.length - 1) {
        value /= 1000;
        unit += 1;
      }
      return `${oneDecimal.format(value)}\u00a0${units[unit]}`;
    },
  };
  cache.set(locale, format);
  return format;
}

/** h, min and s are the same in both languages; spaces inside do not break. */
function durationWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds}\u00a0s`;
  const minutes = Math.floor(seconds / 60);
  const two = (value: number) => String(value).padStart(2, '0');
  if (minutes < 60) return `${minutes}\u00a0min\u00a0${two(seconds % 60)}\u00a0s`;
  return `${Math.floor(minutes / 60)}\u00a0h\u00a0${two(minutes % 60)}\u00a0min`;
}

/** A position on a live's timeline: 0:04:12. */
export function timecode(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
