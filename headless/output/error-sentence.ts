import { isVigieError, megabytesOf, type VigieError } from '#shared/errors.ts';
import type { Say } from '../i18n/index.ts';
import type { ErrorEvent } from './events.ts';

/** The one sentence a person gets for a failure, with the next step, in their language. */
export function errorSentence(error: VigieError, say: Say): string {
  return say(`error.${error.code}`, worded(error, say));
}

/** The failure as `--json` tells it: code, sentence, and the data of the code. */
export function errorEvent(error: VigieError, say: Say): ErrorEvent {
  const line = { type: 'error' as const, code: error.code, message: errorSentence(error, say) };
  // Named first for the reader, and again last: no datum may take their place.
  return { ...line, ...error.data, ...line };
}

/** Codes inside the data, in words. */
function worded(error: VigieError, say: Say): Record<string, unknown> {
  if (isVigieError(error, 'already-decided')) return { ...error.data, verdict: say(`verdict.${error.data.verdict}`) };
  if (isVigieError(error, 'cannot-undo')) return { ...error.data, reason: say(`undoReason.${error.data.reason}`) };
  if (isVigieError(error, 'not-found')) {
    const key = `thing.${error.data.what}`;
    return { ...error.data, what: say.has(key) ? say(key) : error.data.what };
  }
  if (isVigieError(error, 'folder-unusable')) {
    const { problem, other } = error.data;
    return { ...error.data, problem: say(`folderProblem.${problem}`, { other }) };
  }
  if (isVigieError(error, 'program-unusable'))
    return { ...error.data, problem: say(`programProblem.${error.data.problem}`) };
  if (isVigieError(error, 'model-in-use')) return { ...error.data, reason: say(`modelInUse.${error.data.reason}`) };
  if (isVigieError(error, 'engine-stopped')) {
    const key = `stopReason.${error.data.reason}`;
    return { reason: say.has(key) ? say(key) : error.data.reason };
  }
  if (isVigieError(error, 'data-folder-owned')) {
    const key = `owner.${error.data.ownerKind}`;
    return { ...error.data, ownerKind: say(say.has(key) ? key : 'owner.unknown') };
  }
  return { ...error.data, ...megabytesOf(error) };
}
