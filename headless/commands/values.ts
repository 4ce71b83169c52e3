import { id } from '#shared/ids.ts';
import { type ExportFormat, exportFormats } from '#shared/model/export.ts';
import type { Say } from '../i18n/index.ts';
import { badInput } from './shell.ts';

/** Readers of option values and arguments. Each throws VigieError `bad-input` with a sentence in the user's language. */
export function oneOf<const T extends string>(say: Say, name: string, choices: readonly T[]): (value: string) => T {
  return (value) => {
    const found = choices.find((choice) => choice === value);
    if (found === undefined) throw badInput(say('usage.oneOf', { name, value, choices }));
    return found;
  };
}

export function whole(say: Say, name: string, min: number, max: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < min || number > max)
      throw badInput(say('usage.number', { name, value, min, max }));
    return number;
  };
}

/** A moment of a timeline, `1:02:03`, `12:30` or seconds, as ms. */
export function momentValue(say: Say, name: string): (value: string) => number {
  return (value) => {
    const match = /^(?:(?:(\d{1,3}):)?(\d{1,2}):)?(\d{1,6}(?:[.,]\d{1,3})?)$/.exec(value);
    const [, hours = '0', minutes, seconds = '0'] = match ?? [];
    // Seconds alone may be many; after minutes, and minutes after hours, they are less than sixty.
    const over = minutes !== undefined && (Number(minutes) > 59 || Number(seconds.replace(',', '.')) >= 60);
    if (!match || over) throw badInput(say('usage.moment', { name, value }));
    return Math.round((Number(hours) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds.replace(',', '.'))) * 1000);
  };
}

export function idValue(say: Say): (value: string) => string {
  return (value) => {
    if (!id.safeParse(value).success) throw badInput(say('usage.id', { value }));
    return value;
  };
}

/** `pdf,srt`: each known, each once, in the order given. */
export function formatList(say: Say, name: string): (value: string) => ExportFormat[] {
  const one = oneOf(say, name, exportFormats);
  return (value) => [...new Set(value.split(',').map((part) => one(part.trim().toLowerCase())))];
}
