import { foundation } from './010-foundation.ts';
import { watching } from './020-watching.ts';
import { speechModels } from './032-speech-models.ts';
import { remoteSpeech } from './038-remote-speech.ts';
import { lanes } from './041-lanes.ts';
import { watchBudget } from './043-watch-budget.ts';
import { modelArrivals } from './044-model-arrivals.ts';
import { speechDevice } from './045-speech-device.ts';
import { folders } from './052-folders.ts';
import { soundDrops } from './053-sound-drops.ts';
import { notesAndEdits } from './055-notes-and-edits.ts';
import { evaluations } from './060-evaluations.ts';
import { rules } from './080-rules.ts';

/** `rebuilds`: makes a table anew that others refer to; their references are checked afterwards instead of row by row. */
export type Migration = { name: string; sql: string; rebuilds?: boolean };

/** In order; a new one goes at the end, never between two that a database may already have; forward only; never edited once released. */
export const migrations: readonly Migration[] = [
  foundation,
  watching,
  speechModels,
  remoteSpeech,
  lanes,
  watchBudget,
  modelArrivals,
  speechDevice,
  folders,
  soundDrops,
  notesAndEdits,
  evaluations,
  rules,
];
