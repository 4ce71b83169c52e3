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
