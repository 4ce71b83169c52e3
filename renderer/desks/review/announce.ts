import type { Translate } from '#shared/i18n/index.ts';
import { decisionVerdicts } from '#shared/model/review.ts';
import { createFormat } from '../../i18n/format.ts';
import { currentLocale } from '../../i18n/index.ts';
import { problemText } from '../../link/problem.ts';
import { toast } from '../../parts/toast.tsx';
import type { Outcome } from '../../stores/outbox.ts';

/** Tells how a decision ended. Only what the engine acknowledged is called recorded. */
export function announce(outcome: Outcome, t: Translate, undo?: () => void): void {
  const { sent } = outcome;
  const id = `decision-${sent.itemId}`;
  switch (outcome.kind) {
    case 'recorded':
      return toast(t(`review.recorded.${sent.verdict}`, { live: sent.liveTitle }), {
        id,
        action: undo && { label: t('review.undoNow'), run: undo },
      });
    case 'undone':
      return toast(t('review.undone', { live: sent.liveTitle }), { id });
    case 'already-decided': {
      const { by, at, verdict } = outcome.data;
      const known = decisionVerdicts.find((one) => one === verdict);
      const when = createFormat(currentLocale()).dateTime(at);
      return toast(t('review.alreadyDecided', { by, when, verdict: known ? t(`decided.${known}`) : verdict }), {
        id,
        bad: true,
      });
    }
    case 'refused':
      return toast(t('review.refused', { problem: problemText(outcome.error, t) }), { id, bad: true });
  }
}

export function nothingToUndo(t: Translate): void {
  toast(t('review.nothingToUndo'), { id: 'nothing-to-undo' });
}
