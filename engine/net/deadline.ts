import { VigieError } from '#shared/errors.ts';
import type { Clock } from '../base/clock.ts';

/** The bounds in time of one request, as one signal. */
export type Deadline = {
  signal: AbortSignal;
  /** (Re)starts one of the two clocks of a request; undefined stops it. */
  limit(which: 'whole' | 'wait', what: string, limitMs: number | undefined): void;
  /** Why the signal was aborted, as an error of the list; null when it was not. */
  passed(): VigieError | null;
  /** Ends the request, as `cancelled`. */
  abort(): void;
  /** The request is over; nothing fires any more. */
  clear(): void;
};

/** Joins the caller's signal and two time limits: of the whole request, and of the wait for the next thing. */
export function createDeadline(clock: Clock, caller: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  const cancels = { whole: () => {}, wait: () => {} };
  let why: VigieError | null = null;
  const abort = (error: VigieError) => {
    why ??= error;
    controller.abort(error);
  };
  const onCaller = () => abort(new VigieError('cancelled', {}, { cause: caller?.reason }));
  if (caller?.aborted) onCaller();
  caller?.addEventListener('abort', onCaller, { once: true });

  const clear = () => {
    cancels.whole();
    cancels.wait();
    caller?.removeEventListener('abort', onCaller);
  };
  return {
    signal: controller.signal,
    limit(which, what, limitMs) {
      cancels[which]();
      cancels[which] = () => {};
      if (limitMs === undefined || controller.signal.aborted) return;
      cancels[which] = clock.schedule(limitMs, () => abort(new VigieError('timed-out', { what, limitMs })));
    },
    passed: () => why,
    abort() {
      abort(new VigieError('cancelled', {}));
      clear();
    },
    clear,
  };
}
