/** Messages of the speech protocol as schemas. The reference is README.md beside this file. */
import { z } from 'zod';

export const protocolVersion = 2;
/** Longest glossary: a Whisper model takes some 200 tokens of it, and a long one makes it lose its place in the sound. */
export const mostPromptCharacters = 400;

const requestId = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const durationMs = z.number().int().min(0).max(1e9);
const probability = z.number().min(0).max(1);
const shortText = z.string().max(500);

export const helloMessage = z.object({
  type: z.literal('hello'),
  protocol: z.number().int(),
  model: z.string().min(1),
  vadModel: z.string().nullable(),
  gpu: z.boolean(),
  threads: z.number().int().min(0).max(256),
  window: z.enum(['full', 'fit']),
  states: z.number().int().min(1).max(64),
});
export const transcribeMessage = z.object({
  type: z.literal('transcribe'),
  id: requestId,
  state: z.string().min(1).max(200),
  language: z.string().min(2).max(8),
  prompt: z.string().max(mostPromptCharacters).optional(),
});
const forgetMessage = z.object({ type: z.literal('forget'), state: z.string().min(1).max(200) });
const cancelMessage = z.object({ type: z.literal('cancel'), id: requestId });
const closeMessage = z.object({ type: z.literal('close') });

/** What a worker accepts. */
export const toWorker = z.discriminatedUnion('type', [
  helloMessage,
  transcribeMessage,
  forgetMessage,
  cancelMessage,
  closeMessage,
]);
export type ToWorker = z.infer<typeof toWorker>;
export type Hello = z.infer<typeof helloMessage>;

const word = z.object({ text: z.string(), probability: probability.nullable() });
const piece = z.object({
  text: z.string(),
  startMs: durationMs,
  endMs: durationMs,
  words: z.array(word).max(2000),
  noSpeech: probability.nullable(),
  meanLogProb: z.number().max(0.001).nullable(),
});

export const readyMessage = z.object({
  type: z.literal('ready'),
  protocol: z.number().int(),
  worker: z.enum(['native', 'prebuilt']),
  library: shortText,
  device: z.enum(['cpu', 'gpu']),
  deviceName: shortText,
  modelType: shortText,
  multilingual: z.boolean(),
  threads: z.number().int().min(1).max(1024),
  memoryBytes: z.number().int().min(0),
});
export const resultMessage = z.object({
  type: z.literal('result'),
  id: requestId,
  language: z.string().max(8),
  languageProbability: probability.nullable(),
  heardLanguage: z.object({ language: z.string().max(8), probability }).nullable(),
  pieces: z.array(piece).max(1000),
  noSpeech: probability.nullable(),
  meanLogProb: z.number().max(0.001).nullable(),
  speech: z
    .array(z.object({ startMs: durationMs, endMs: durationMs }))
    .max(1000)
    .nullable(),
  processingMs: durationMs,
  secondPass: z.boolean(),
  encodedMs: durationMs,
  memoryBytes: z.number().int().min(0),
});
const progressMessage = z.object({
  type: z.literal('progress'),
  id: requestId,
  percent: z.number().int().min(0).max(100),
});
const errorMessage = z.object({
  type: z.literal('error'),
  id: requestId.nullable(),
  code: z.enum(['version', 'model-invalid', 'bad-request', 'cancelled', 'failed']),
  detail: z.string().max(2000),
});

/** What the engine accepts. Anything else from a worker is garbage. */
export const fromWorker = z.discriminatedUnion('type', [readyMessage, resultMessage, progressMessage, errorMessage]);
export type FromWorker = z.infer<typeof fromWorker>;
export type Ready = z.infer<typeof readyMessage>;
export type WorkerResult = z.infer<typeof resultMessage>;
export type WorkerError = z.infer<typeof errorMessage>;
