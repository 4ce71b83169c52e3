import { existsSync } from 'node:fs';
import path from 'node:path';
import { VigieError } from '#shared/errors.ts';
import { languages } from '#shared/model/live.ts';
import type { Settings } from '#shared/model/settings.ts';
import type { Say } from '../i18n/index.ts';

/**
 * The settings that the environment overrides, under the names of the source system.
 * @throws VigieError `bad-input` naming the variable
 */
export function settingsFrom(env: Record<string, string | undefined>, cwd: string, say: Say): Partial<Settings> {
  const overrides: Partial<Settings> = {};
  const { RISK_THRESHOLD: threshold, WHISPER_LANGUAGE: language, WHISPER_MODEL: model } = env;
  if (threshold) {
    const value = Number(threshold);
    if (!(value >= 0 && value <= 1)) {
      throw new VigieError('bad-input', {
        problem: say('usage.number', { name: 'RISK_THRESHOLD', value: threshold, min: 0, max: 1 }),
      });
    }
    overrides.riskThresholdBp = Math.round(value * 10_000);
  }
  if (language) {
    const known = languages.find((one) => one === language.toLowerCase());
    if (!known) {
      throw new VigieError('bad-input', {
        problem: say('usage.oneOf', { name: 'WHISPER_LANGUAGE', value: language, choices: languages }),
      });
    }
    overrides.language = known;
  }
  if (model) overrides.model = modelReference(model, cwd);
  return overrides;
}

/** A model as the engine takes it: an id stays, what is written like a path or lies in the current folder becomes absolute. */
export function modelReference(model: string, cwd: string): string {
  const looksLikePath =
    /[\\/]/.test(model) || /\.(bin|gguf|ggml)$/i.test(model) || existsSync(path.resolve(cwd, model));
  return looksLikePath ? path.resolve(cwd, model) : model;
}
