import { errorCodes, type ErrorData, VigieError } from '#shared/errors.ts';
import type { Say } from '../i18n/index.ts';
import { errorSentence } from './error-sentence.ts';

/** A failure that the engine kept as data, as the sentence that people read; null for none. */
export function keptFailure(kept: { code: string; data: Record<string, unknown> } | null, say: Say): string | null {
  const code = errorCodes.find((known) => known === kept?.code);
  if (!kept) return null;
  return code ? errorSentence(new VigieError(code, kept.data as ErrorData), say) : kept.code;
}
