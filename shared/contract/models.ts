import { z } from 'zod';
import { id } from '../ids.ts';
import { speechModel } from '../model/speech-model.ts';
import { call } from './base.ts';

const read = { permission: 'read', personalData: false } as const;
const administer = { permission: 'administer', personalData: false } as const;
const named = z.object({ model: z.string().min(1).max(100), commandId: id });

export const models = {
  /** The catalogue and what lies in the models folder, with this machine's memory and the room left on its disk. */
  list: call(read).output(
    z.object({ items: z.array(speechModel), memoryBytes: z.number().int(), freeBytes: z.number().int() }),
  ),
  /** Fetches a model of the catalogue, on from where an earlier attempt stopped. Follow it with `list` or the facts `model.*`. */
  download: call(administer).input(named).output(z.object({})),
  /** Copies a model file from a disk or stick and checks it; answers with its id. */
  import: call(administer)
    .input(z.object({ path: z.string().min(1).max(4096), commandId: id }))
    .output(z.object({ model: z.string() })),
  /** Stops a download or copy; what came of a download is kept, so that the next one goes on from there. */
  cancel: call(administer).input(named).output(z.object({})),
  /** Takes the file away, or what came of it. Refused with `model-in-use`. */
  delete: call(administer).input(named).output(z.object({})),
};
