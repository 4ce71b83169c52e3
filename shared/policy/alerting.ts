import type { Category, Virality } from '../model/verdict.ts';
import type { ScoreBp } from './risk.ts';

export const defaultRiskThresholdBp: ScoreBp = 7000;

export const lanes = ['urgent', 'normal', 'low'] as const;
/** Priority class of the review queue; urgent comes first. */
export type Lane = (typeof lanes)[number];

export const alertReasons = ['hate', 'threshold', 'viral', 'to-verify', 'rule'] as const;
export type AlertReason = (typeof alertReasons)[number];

export type AlertRuling = { alert: false } | { alert: true; lane: Lane; reasons: AlertReason[] };

/**
 * Whether a verdict is a reason to look, and how soon.
 * - Hate alerts whatever the score (hate with low virality is 0.6): urgent.
 * - A score at or over the threshold alerts: normal, or low when the segment is only viral.
 * - "Polémique" alone (no hate, no virality) never alerts, however low the threshold is set.
 * - What could not be judged waits in the low lane for a person.
 */
export function ruleAlert(
  verdict: { scoreBp: ScoreBp; hate: boolean; category: Category; virality: Virality },
  thresholdBp: ScoreBp,
): AlertRuling {
  const overThreshold = verdict.scoreBp >= thresholdBp;
  if (verdict.hate) return { alert: true, lane: 'urgent', reasons: overThreshold ? ['hate', 'threshold'] : ['hate'] };
  if (verdict.category === 'a_verifier') return { alert: true, lane: 'low', reasons: ['to-verify'] };
  if (!overThreshold) return { alert: false };
  if (verdict.category === 'polemique' && verdict.virality === 'faible') return { alert: false };
  if (verdict.category === 'viral') return { alert: true, lane: 'low', reasons: ['viral'] };
  return { alert: true, lane: 'normal', reasons: ['threshold'] };
}

export function moreUrgent(one: Lane, other: Lane): Lane {
  return lanes.indexOf(one) <= lanes.indexOf(other) ? one : other;
}

/** What rules of people add: they alert by themselves, and never make less of what a verdict says. @param lane null: none asks for it */
export function withRules(ruling: AlertRuling, lane: Lane | null): AlertRuling {
  if (lane === null) return ruling;
  if (!ruling.alert) return { alert: true, lane, reasons: ['rule'] };
  return { alert: true, lane: moreUrgent(ruling.lane, lane), reasons: [...ruling.reasons, 'rule'] };
}
