import { isVigieError, VigieError } from '#shared/errors.ts';
import type { Deadline } from './deadline.ts';

/** Names what went wrong below us: a refusal of the guard as it is, our own deadline, anything else as the network's failure. */
export function asNetError(error: unknown, host: string, deadline: Deadline): VigieError {
  const passed = deadline.passed();
  if (passed) return passed;
  for (let at = error; at instanceof Error; at = at.cause) if (isVigieError(at)) return at;
  const inner = error instanceof AggregateError ? error.errors[0] : error;
  const detail = (inner as NodeJS.ErrnoException)?.code ?? (inner instanceof Error ? inner.message : String(inner));
  return new VigieError('network-failed', { host, detail: detail.slice(0, 200) }, { cause: error });
}
