import { z } from 'zod';
import { languages } from './live.ts';

/** What a person can change. The names in brackets are those of the source system's environment. */
export const settings = z.object({
  /** Score at or over which a segment alerts, basis points (RISK_THRESHOLD). */
  riskThresholdBp: z.number().int().min(0).max(10_000),
  /** Spoken language taken when none is given (WHISPER_LANGUAGE). */
  language: z.enum(languages),
  /** Model id or path (WHISPER_MODEL). */
  model: z.string().max(4096),
  /** Off: nothing leaves this laptop, streams included. */
  network: z.boolean(),
  locale: z.enum(['fr', 'en']),
});
export type Settings = z.infer<typeof settings>;

export const settingsPatch = settings.partial();

export const defaultSettings: Settings = {
  riskThresholdBp: 7000,
  language: 'fr',
  model: 'vigie-micro',
  network: true,
  locale: 'fr',
};
