import type { Band } from '#shared/policy/risk.ts';

export type Paint = (text: string) => string;

/** Colours by role. Colour is an extra: every line says the same without it. */
export type Style = {
  band: Record<Band, Paint>;
  alert: Paint;
  strong: Paint;
  dim: Paint;
  bad: Paint;
  good: Paint;
  warn: Paint;
};

const code =
  (start: string): Paint =>
  (text) =>
    `\u001b[${start}m${text}\u001b[0m`;

const same: Paint = (text) => text;

/** A style that adds nothing. */
export const plainStyle: Style = {
  band: { faible: same, moyen: same, eleve: same },
  alert: same,
  strong: same,
  dim: same,
  bad: same,
  good: same,
  warn: same,
};

/** The sixteen colours that every terminal theme defines (SGR, ECMA-48). */
export const colourStyle: Style = {
  band: { faible: code('32'), moyen: code('33'), eleve: code('1;31') },
  alert: code('1;7;31'),
  strong: code('1'),
  dim: code('2'),
  bad: code('31'),
  good: code('32'),
  warn: code('33'),
};

/** Colour only on a terminal that wants it: https://no-color.org, and FORCE_COLOR for those who pipe into a pager. */
export function styleFor(stream: { isTTY?: boolean }, env: Record<string, string | undefined>): Style {
  if (env.NO_COLOR) return plainStyle;
  if (env.FORCE_COLOR && env.FORCE_COLOR !== '0') return colourStyle;
  return stream.isTTY && env.TERM !== 'dumb' ? colourStyle : plainStyle;
}
