import type { fr } from './fr.ts';

/** The shape of a catalogue: the same keys, other words. */
export type Words<T> = { [K in keyof T]: T[K] extends string ? string : Words<T[K]> };
export type CommandLineWords = Words<typeof fr>;
