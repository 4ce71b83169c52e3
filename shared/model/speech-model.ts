import { z } from 'zod';

/** How a model stands to the memory of this machine. `tight`: it may slow the machine down; `too-large`: it is not loaded. */
export const modelFits = ['fits', 'tight', 'too-large'] as const;
export type ModelFit = (typeof modelFits)[number];

/** The setting that leaves the choice of the model to Vigie. */
export const automaticModel = 'auto';

/** A model on its way here: downloaded, or copied from a file (`imported`). */
export const modelArrival = z.object({
  state: z.enum(['waiting', 'running', 'failed', 'cancelled']),
  imported: z.boolean(),
  receivedBytes: z.number().int(),
  /** What went wrong last, as the engine's error says it. While `waiting` it is tried again. */
  problem: z.string().nullable(),
});
export type ModelArrival = z.infer<typeof modelArrival>;

/** A model that is here, can be fetched, or both. */
export const speechModel = z.object({
  /** File name without `ggml-` and `.bin`. */
  id: z.string(),
  sizeBytes: z.number().int(),
  /** Memory it takes when loaded. */
  needBytes: z.number().int(),
  fit: z.enum(modelFits),
  /** Published SHA-256, hex; null for a file of one's own. */
  publishedDigest: z.string().nullable(),
  recommended: z.boolean(),
  /** Null while it is not here. `digest` is the SHA-256 of the file. */
  installed: z
    .object({
      path: z.string(),
      origin: z.enum(['bundled', 'folder']),
      multilingual: z.boolean(),
      digest: z.string(),
      /** Bundled for tests: its words are not to be relied on. */
      test: z.boolean(),
    })
    .nullable(),
  /** The next live takes this one. */
  current: z.boolean(),
  /** Work over sound as measured on this machine, 0.2: five times faster than live; null until a minute was written down with it. */
  realTimeFactor: z.number().nullable(),
  arrival: modelArrival.nullable(),
});
export type SpeechModel = z.infer<typeof speechModel>;

/** The model that the next live takes. `test`: the bundled one, whose words are not to be relied on. Null: there is none. */
export const nextModel = z.object({ id: z.string(), test: z.boolean(), fit: z.enum(modelFits) });
export type NextModel = z.infer<typeof nextModel>;
