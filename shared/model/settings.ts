import { z } from 'zod';
import { languages } from './live.ts';
import { automaticModel } from './speech-model.ts';

/** What a person can change. The names in brackets are those of the source system's environment. */
export const settings = z.object({
  /** Score at or over which a segment alerts, basis points (RISK_THRESHOLD). */
  riskThresholdBp: z.number().int().min(0).max(10_000),
  /** Spoken language taken when none is given (WHISPER_LANGUAGE). */
  language: z.enum(languages),
  /** Model id or path (WHISPER_MODEL); `auto`: the recommended one when it is here, else the best that is. */
  model: z.string().max(4096),
  /** Off: nothing leaves this laptop, streams included. */
  network: z.boolean(),
  locale: z.enum(['fr', 'en']),
  /**
   * A server that speaks OpenAI's /audio/transcriptions (Groq, speaches, vLLM). Off by default; asked only for lives whose case carries
   * consent, and for no more sound a day (UTC) than the budget. Its key comes from the shell, never from here.
   */
  remoteSpeech: z.object({
    enabled: z.boolean(),
    baseUrl: z.url({ protocol: /^https?$/ }).max(500),
    model: z.string().min(1).max(200),
    allowPrivate: z.boolean(),
    minutesPerDay: z.number().int().min(0).max(1440),
  }),
  /** Absolute paths of programs of the user's own; empty: none. `inputFfmpeg` opens devices and protocols that ours lacks. */
  inputFfmpeg: z.string().max(4096),
  ytDlp: z.string().max(4096),
  streamlink: z.string().max(4096),
  /** Threads of each speech worker; 0: planned from the cores. */
  speechThreads: z.number().int().min(0).max(64),
  /** Speech workers of one model, side by side, each with the model in memory; 0: planned from the cores and the size of the model. */
  speechWorkers: z.number().int().min(0).max(4),
  /** On: everything is captured, nothing is written down. */
  transcriptionPaused: z.boolean(),
  /** Hours after its end for which a live keeps all of its sound, when its sound may go. */
  dropSoundAfterHours: z.number().int().min(1).max(8760),
  /** When a live falls behind: propose a smaller model, or take it and say so. */
  whenBehind: z.enum(['propose', 'lighter-model']),
  /** Longest segment, s; for captures that begin after the change. It is cut at a pause, inside a word only where there is none. */
  segmentSeconds: z.number().int().min(5).max(30),
  /** Grey words while somebody still speaks, when the machine has time for them. */
  tentativeText: z.boolean(),
});
export type Settings = z.infer<typeof settings>;

export const settingsPatch = settings.partial();

export const defaultSettings: Settings = {
  riskThresholdBp: 7000,
  language: 'fr',
  model: automaticModel,
  network: true,
  locale: 'fr',
  remoteSpeech: {
    enabled: false,
    baseUrl: 'https://api.groq.com/openai/v1',
    model: 'whisper-large-v3-turbo',
    allowPrivate: false,
    minutesPerDay: 60,
  },
  inputFfmpeg: '',
  ytDlp: '',
  streamlink: '',
  speechThreads: 0,
  speechWorkers: 0,
  transcriptionPaused: false,
  dropSoundAfterHours: 24,
  whenBehind: 'propose',
  segmentSeconds: 15,
  tentativeText: true,
};
