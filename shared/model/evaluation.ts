import { z } from 'zod';
import { id } from '../ids.ts';

/** What can be asked to weigh labelled cases. */
export const evaluationEngines = ['embedded'] as const;
export const evaluationEngine = z.enum(evaluationEngines);
export type EvaluationEngine = z.infer<typeof evaluationEngine>;

/** What the cases are said to be written in; `auto`: found out case by case. */
export const evaluationLanguages = ['fr', 'en', 'auto'] as const;

/** Basis points; null: nothing of that kind was among the cases, so there is no such figure. */
const shareBp = z.number().int().min(0).max(10_000).nullable();

/** Of how many cases of one functionality (what a case probes) the label was met. */
const functionalityFigure = z.object({
  name: z.string(),
  cases: z.number().int().min(1),
  right: z.number().int().min(0),
});
export type FunctionalityFigure = z.infer<typeof functionalityFigure>;

/** One analyser on one file of labelled cases, at one moment. */
export const evaluation = z.object({
  id,
  at: z.number().int(),
  /** Name of the file; its SHA-256 tells two of the same name apart. */
  name: z.string(),
  casesDigest: z.string(),
  language: z.enum(evaluationLanguages),
  engine: evaluationEngine,
  model: z.string(),
  policyVersion: z.string(),
  policyHash: z.string(),
  /** SHA-256 of what a model was told beside the cases; null: nothing is told to rules. */
  promptHash: z.string().nullable(),
  cases: z.number().int(),
  /** Cases that could not be judged; they count as not held to be hateful. */
  unjudged: z.number().int(),
  accuracyBp: shareBp,
  macroF1Bp: shareBp,
  /** Of the hateful cases, how many were held to be. */
  recallBp: shareBp,
  /** Of the others, how many were not. */
  specificityBp: shareBp,
  functionalities: z.array(functionalityFigure),
  /** Time of one case, microseconds. */
  p50Us: z.number().int(),
  p95Us: z.number().int(),
  /** What a service charged, millionths of a US dollar. */
  costMicros: z.number().int(),
});
export type Evaluation = z.infer<typeof evaluation>;

/** A case whose label was not met. */
export const evaluationMiss = z.object({
  line: z.number().int(),
  caseId: z.string(),
  functionality: z.string(),
  template: z.string(),
  text: z.string(),
  /** Its label; the answer was the other one. */
  hateful: z.boolean(),
  judged: z.boolean(),
});
export type EvaluationMiss = z.infer<typeof evaluationMiss>;
