import type { Locale } from '#shared/i18n/index.ts';

/** A place on the timeline as people read it: 01:10.9, or 1:02:03.4 from an hour on. Tenths are cut, never rounded up. */
export function clockTime(ms: number): string {
  const tenths = Math.floor(ms / 100);
  const seconds = Math.floor(tenths / 10);
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const head = hours > 0 ? `${hours}:` : '';
  return `${head}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${tenths % 10}`;
}

/** A score of 0..10000 basis points as a number of 0..1. */
export function scoreOf(bp: number): number {
  return bp / 10_000;
}

/** The way scores are written everywhere, in both languages, and the way RISK_THRESHOLD is typed: 0.60. */
export function scoreText(score: number): string {
  return score.toFixed(2);
}

const sizeUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** A size in decimal units (SI), in the reader's language. */
export function sizeText(bytes: number, locale: Locale): string {
  let step = 0;
  let value = bytes;
  while (value >= 1000 && step < sizeUnits.length - 1) {
    value /= 1000;
    step += 1;
  }
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: sizeUnits[step],
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step === 0 ? 0 : 1,
  }).format(value);
}

export function percentText(ratio: number, locale: Locale): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(ratio);
}

/** How many times, two figures that count. */
export function timesText(value: number, locale: Locale): string {
  return new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 }).format(value);
}

export function numberText(value: number, locale: Locale, digits = 0): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: digits, minimumFractionDigits: digits }).format(value);
}

/** A moment in the reader's own language and time zone. */
export function momentText(atMs: number, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(atMs);
}
