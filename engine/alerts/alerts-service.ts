import type { Category, Virality } from '#shared/model/verdict.ts';
import { type AlertReason, type Lane, moreUrgent, ruleAlert, withRules } from '#shared/policy/alerting.ts';
import type { Journal } from '../journal/journal.ts';
import type { LivesStore } from '../lives/lives-store.ts';
import type { AlertsStore } from './alerts-store.ts';

export type AlertsService = {
  /**
   * Weighs a new verdict: nothing, a new alert, or one that joins the segment's open alert. Call inside the verdict's transaction.
   * @param ruleLane the lane that rules of people ask for; they alert whatever the verdict is. Null: none does
   * @returns the alert of the segment, when there is one
   */
  consider(
    verdict: {
      segmentId: string;
      liveId: string;
      number: number;
      scoreBp: number;
      hate: boolean;
      category: Category;
      virality: Virality;
    },
    ruleLane?: Lane | null,
  ): string | null;
};

export function createAlertsService(deps: {
  alerts: AlertsStore;
  lives: LivesStore;
  journal: Journal;
  thresholdBp(): number;
}): AlertsService {
  const { alerts, lives, journal } = deps;
  return {
    consider(verdict, ruleLane = null) {
      const ruling = withRules(ruleAlert(verdict, deps.thresholdBp()), ruleLane);
      const open = alerts.bySegment(verdict.segmentId);
      if (!ruling.alert) return open?.id ?? null;
      if (!open) {
        const { alertId, itemId } = alerts.raise({
          liveId: verdict.liveId,
          segmentId: verdict.segmentId,
          lane: ruling.lane,
          reasons: ruling.reasons,
          scoreBp: verdict.scoreBp,
        });
        lives.countAlert(verdict.liveId);
        journal.append({
          kind: 'alert.raised',
          subjectId: alertId,
          data: { liveId: verdict.liveId, number: verdict.number, scoreBp: verdict.scoreBp, lane: ruling.lane, itemId },
        });
        return alertId;
      }
      // A later opinion can raise an alert or explain it, never lower it (law 10).
      const lane = moreUrgent(open.lane as Lane, ruling.lane);
      const reasons = [...new Set([...(JSON.parse(open.reasons) as AlertReason[]), ...ruling.reasons])];
      const scoreBp = Math.max(open.score_bp, verdict.scoreBp);
      alerts.join(open.id, open.item_id, { lane, reasons, scoreBp });
      journal.append({
        kind: 'alert.joined',
        subjectId: open.id,
        data: { liveId: verdict.liveId, number: verdict.number, scoreBp, lane, itemId: open.item_id },
      });
      return open.id;
    },
  };
}
