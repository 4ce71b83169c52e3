import type { Command } from 'commander';
import { type CaseFields, caseFields, parseGlossary } from '#shared/model/case.ts';
import type { Say } from '../../i18n/index.ts';
import { option } from '../registrar.ts';
import { badInput } from '../shell.ts';
import { oneOf } from '../values.ts';

export type CaseOptions = {
  purpose?: string;
  legalBasis?: string;
  expires?: number | null;
  glossary?: string[];
  remoteSpeech?: 'yes' | 'no';
};

/** What a case says of itself, but for its title. */
export function withCaseOptions(say: Say, command: Command): Command {
  return command
    .addOption(option(say, '--purpose <text>', 'purpose'))
    .addOption(option(say, '--legal-basis <text>', 'legalBasis'))
    .addOption(option(say, '--expires <date>', 'expires', day(say)))
    .addOption(option(say, '--glossary <words>', 'glossary', glossary(say)))
    .addOption(option(say, '--remote-speech <yes|no>', 'remoteSpeech', oneOf(say, '--remote-speech', ['yes', 'no'])));
}

export function caseChoices(options: CaseOptions): Partial<CaseFields> {
  const { purpose, legalBasis, expires, glossary: words, remoteSpeech } = options;
  return {
    ...(purpose === undefined ? {} : { purpose }),
    ...(legalBasis === undefined ? {} : { legalBasis }),
    ...(expires === undefined ? {} : { expiresAt: expires }),
    ...(words === undefined ? {} : { glossary: words }),
    ...(remoteSpeech === undefined ? {} : { remoteSpeech: remoteSpeech === 'yes' }),
  };
}

/** `2027-01-31`, whole of that day here; `none` takes the end away. */
function day(say: Say): (value: string) => number | null {
  return (value) => {
    if (value === 'none') return null;
    const [year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value)?.slice(1).map(Number) ?? [];
    const end = new Date(year ?? Number.NaN, (month ?? 0) - 1, date, 23, 59, 59, 999);
    if (end.getMonth() !== (month ?? 0) - 1) throw badInput(say('cases.badDate', { value }));
    return end.getTime();
  };
}

function glossary(say: Say): (value: string) => string[] {
  return (value) => {
    const words = parseGlossary(value);
    if (!caseFields.shape.glossary.safeParse(words).success) throw badInput(say('cases.badGlossary'));
    return words;
  };
}
