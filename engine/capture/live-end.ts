import { assertNever } from '#shared/errors.ts';
import type { CaptureEnd } from './capture.ts';

/** How a live ends, from how its capture ended: `termine` by itself, `interrompu` by us or by a failure; the reason is a stable word. */
export function endOf(finished: Exclude<CaptureEnd, { outcome: 'paused' }>): {
  outcome: 'termine' | 'interrompu';
  reason: string;
} {
  switch (finished.outcome) {
    case 'ended':
      return { outcome: 'termine', reason: finished.damaged ? 'source-damaged' : 'source-ended' };
    case 'stopped':
      return { outcome: 'interrompu', reason: 'stopped-by-us' };
    case 'failed':
      return { outcome: 'interrompu', reason: finished.error.code };
    default:
      return assertNever(finished);
  }
}
