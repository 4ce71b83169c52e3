import { toVigieError } from '#shared/contract/errors.ts';
import { errorCodes, isVigieError, keptError, VigieError, type ErrorCode } from '#shared/errors.ts';
import { errorValues } from '#shared/i18n/error-values.ts';
import type { Translate } from '#shared/i18n/index.ts';

/** A failure as a sentence with its next step. What is not of the closed list is a broken connection or a defect. */
export function problemText(thrown: unknown, t: Translate): string {
  const error = toVigieError(thrown);
  if (isVigieError(error)) return t(`error.${error.code}`, errorValues(error, t));
  return t(isConnectionFailure(thrown) ? 'problem.connection' : 'problem.unknown', { detail: String(thrown) });
}

/** The same for a failure that was kept as data. */
export function failureText({ code, data }: { code: string; data: Record<string, unknown> }, t: Translate): string {
  if (!errorCodes.includes(code as ErrorCode)) return t('problem.unknown', { detail: code });
  return problemText(new VigieError(code as ErrorCode, data as never), t);
}

/**
 * True when the call may never have reached the engine, or its answer never reached us: safe to repeat with the same
 * commandId. Everything the engine itself answers is a coded error.
 */
export function isConnectionFailure(thrown: unknown): boolean {
  if (isVigieError(toVigieError(thrown))) return false;
  if (!(thrown instanceof Error)) return false;
  return (
    thrown.name === 'AbortError' ||
    thrown.name === 'TimeoutError' ||
    /WebSocket|no carrier|closed/i.test(thrown.message)
  );
}

/** A failure that the engine kept as its log line (`code: {data}`), as a sentence; null when it is not one. */
export function keptProblemText(line: string, t: Translate): string | null {
  const error = keptError(line);
  return error && problemText(error, t);
}
