import { z } from 'zod';
import { id } from '../ids.ts';
import { exportFormats, exportRecord } from '../model/export.ts';
import { call } from './base.ts';

const read = { permission: 'read', personalData: false } as const;
const takeOut = { permission: 'read', personalData: true } as const;

export const exportsDesk = {
  /** Starts an export; follow it with `get` or the facts `export.*`. `path`: where to put the file instead of the exports folder. */
  start: call(takeOut)
    .input(
      z.object({
        liveId: id,
        format: z.enum(exportFormats),
        locale: z.enum(['fr', 'en']).default('fr'),
        timeZone: z.string().max(60).optional(),
        path: z.string().max(4096).optional(),
        commandId: id,
      }),
    )
    .output(z.object({ exportId: id })),
  get: call(read)
    .input(z.object({ exportId: id }))
    .output(exportRecord),
  list: call(read)
    .input(z.object({ liveId: id.optional(), limit: z.number().int().min(1).max(500).default(100) }))
    .output(z.object({ items: z.array(exportRecord) })),
  cancel: call(takeOut)
    .input(z.object({ exportId: id, commandId: id }))
    .output(z.object({})),
  /** The finished file, base64, for a window that cannot see the folder. At most 64 MiB. */
  download: call(takeOut)
    .input(z.object({ exportId: id }))
    .output(z.object({ fileName: z.string(), mime: z.string(), base64: z.string() })),
};
