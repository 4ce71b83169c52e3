import { foundation } from './010-foundation.ts';
import { remoteSpeech } from './038-remote-speech.ts';
import { modelArrivals } from './042-model-arrivals.ts';
import { watching } from './020-watching.ts';
import { speechModels } from './032-speech-models.ts';
import { lanes } from './041-lanes.ts';
import { watchBudget } from './043-watch-budget.ts';

/** `rebuilds`: makes a table anew that others refer to; their references are checked afterwards instead of row by row. */
export type Migration = { name: string; sql: string; rebuilds?: boolean };

/** In order, counted in tens so that a repair fits between two; forward only; never edited once released. */
export const migrations: readonly Migration[] = [
  foundation,
  watching,
  speechModels,
  remoteSpeech,
  lanes,
  modelArrivals,
  watchBudget,
];
