import { createTranslator, type Locale } from '#shared/i18n/index.ts';
import { neutraliseValues } from '../output/neutralise.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';

/** A translator whose values are made safe for a terminal line. `has` tells whether the catalogues know a key. */
export type Say = {
  locale: Locale;
  (key: string, values?: Record<string, unknown>): string;
  has(key: string): boolean;
};

/** The command line's words and the shared ones in one language. */
export function createSay(locale: Locale): Say {
  const { t, instance } = createTranslator(locale, { fr, en });
  const say = (key: string, values: Record<string, unknown> = {}) => t(key, neutraliseValues(values));
  return Object.assign(say, { locale, has: (key: string) => instance.exists(key) });
}

/**
 * The language to speak: `--locale`, else that of LC_ALL, LC_MESSAGES or LANG (the first that is set, as POSIX says),
 * else French. `C` and unknown languages are French too.
 */
export function localeFrom(option: string | undefined, env: Record<string, string | undefined>): Locale {
  const asked = option ?? (env.LC_ALL || env.LC_MESSAGES || env.LANG || '');
  return /^en(?![a-z])/i.test(asked) ? 'en' : 'fr';
}
