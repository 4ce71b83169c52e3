import { z } from 'zod';
import { evaluation, evaluationEngine, evaluationLanguages, evaluationMiss } from '../model/evaluation.ts';
import { call } from './base.ts';

/** Bounds one message to the engine (1 MiB) with room for what JSON adds. */
export const mostCaseCharacters = 800_000;

/** How good an analyser is, on cases that people have labelled. */
export const evaluations = {
  /** Newest first. */
  list: call({ permission: 'read', personalData: false })
    .input(z.object({ limit: z.number().int().min(1).max(200).default(20) }))
    .output(z.object({ items: z.array(evaluation) })),
  /**
   * Weighs every case of a CSV in the form of HateCheck (`test_case, label_gold`, and if there `case_id, functionality, templ_id`) and
   * keeps the figures; the cases themselves are not kept. Ends with `cases-unusable` when they cannot be read. Cancelled with the call.
   */
  run: call({ permission: 'operate', personalData: false })
    .input(
      z.object({
        name: z.string().min(1).max(255),
        csv: z.string().max(mostCaseCharacters),
        engine: evaluationEngine.default('embedded'),
        language: z.enum(evaluationLanguages).default('auto'),
      }),
    )
    .output(z.object({ evaluation, misses: z.array(evaluationMiss) })),
};
