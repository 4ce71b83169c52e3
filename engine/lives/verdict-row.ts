import type { Reason, Verdict } from '#shared/model/verdict.ts';
import { bandOf, type ScoreTerm } from '#shared/policy/risk.ts';
import type { Tables } from '../db/tables.ts';

export type PrefixedVerdictRow = { [K in keyof Tables['verdicts'] as `v_${K}`]: Tables['verdicts'][K] | null };

/** A verdict read through a join, where its columns carry the prefix `v_`. */
export function verdictOfRow(row: PrefixedVerdictRow): Verdict {
  return {
    id: row.v_id ?? '',
    category: row.v_category as Verdict['category'],
    virality: row.v_virality as Verdict['virality'],
    hate: row.v_hate === 1,
    target: row.v_target as Verdict['target'],
    targetText: row.v_target_text,
    reasons: JSON.parse(row.v_reasons ?? '[]') as Reason[],
    confidenceBp: row.v_confidence_bp,
    scoreBp: row.v_score_bp ?? 0,
    band: bandOf(row.v_score_bp ?? 0),
    terms: JSON.parse(row.v_terms ?? '[]') as ScoreTerm[],
    engine: row.v_engine ?? '',
    model: row.v_model ?? '',
    policyVersion: row.v_policy_version ?? '',
    policyHash: row.v_policy_hash ?? '',
    at: row.v_at ?? 0,
  };
}
