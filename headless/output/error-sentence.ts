import type { VigieError } from '#shared/errors.ts';
import { errorValues } from '#shared/i18n/error-values.ts';
import type { Say } from '../i18n/index.ts';
import type { ErrorEvent } from './events.ts';

/** The one sentence a person gets for a failure, with the next step, in their language. */
export function errorSentence(error: VigieError, say: Say): string {
  return say(`error.${error.code}`, errorValues(error, say));
}

/** The failure as `--json` tells it: code, sentence, and the data of the code. */
export function errorEvent(error: VigieError, say: Say): ErrorEvent {
  const line = { type: 'error' as const, code: error.code, message: errorSentence(error, say) };
  // Named first for the reader, and again last: no datum may take their place.
  return { ...line, ...error.data, ...line };
}
