import { foundation } from './010-foundation.ts';

/** In order, counted in tens so that a repair fits between two; forward only; never edited once released. */
export const migrations: readonly { name: string; sql: string }[] = [foundation];
