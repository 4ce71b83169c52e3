import { z } from 'zod';
import { id } from '../ids.ts';

export const exportFormats = ['pdf', 'srt', 'vtt', 'csv', 'json', 'txt'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const exportStates = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;

export const exportRecord = z.object({
  id,
  liveId: id,
  format: z.enum(exportFormats),
  locale: z.enum(['fr', 'en']),
  state: z.enum(exportStates),
  /** 0..10000 while running. */
  progressBp: z.number().int(),
  fileName: z.string(),
  /** Absolute path on the engine's machine, once done. */
  path: z.string().nullable(),
  sizeBytes: z.number().int().nullable(),
  sha256: z.string().nullable(),
  problem: z.string().nullable(),
  by: z.string(),
  at: z.number().int(),
});
export type ExportRecord = z.infer<typeof exportRecord>;
