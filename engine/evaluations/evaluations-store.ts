import type { Evaluation, FunctionalityFigure } from '#shared/model/evaluation.ts';
import type { Store } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

/** SQL of evaluations. Writes expect to run inside a service's transaction. */
export type EvaluationsStore = ReturnType<typeof createEvaluationsStore>;

export function createEvaluationsStore(store: Store) {
  const q = store.build;
  return {
    insert({ functionalities, ...kept }: Evaluation) {
      store.run(
        q.insertInto('evaluations').values({
          id: kept.id,
          at: kept.at,
          name: kept.name,
          cases_digest: kept.casesDigest,
          language: kept.language,
          engine: kept.engine,
          model: kept.model,
          policy_version: kept.policyVersion,
          policy_hash: kept.policyHash,
          prompt_hash: kept.promptHash,
          cases: kept.cases,
          unjudged: kept.unjudged,
          accuracy_bp: kept.accuracyBp,
          macro_f1_bp: kept.macroF1Bp,
          recall_bp: kept.recallBp,
          specificity_bp: kept.specificityBp,
          functionalities: JSON.stringify(functionalities),
          p50_us: kept.p50Us,
          p95_us: kept.p95Us,
          cost_micros: kept.costMicros,
        }),
      );
    },
    /** Newest first. */
    list(limit: number): Evaluation[] {
      return store.all(q.selectFrom('evaluations').selectAll().orderBy('id', 'desc').limit(limit)).map(evaluationOf);
    },
  };
}

function evaluationOf(row: Tables['evaluations']): Evaluation {
  return {
    id: row.id,
    at: row.at,
    name: row.name,
    casesDigest: row.cases_digest,
    language: row.language,
    engine: row.engine,
    model: row.model,
    policyVersion: row.policy_version,
    policyHash: row.policy_hash,
    promptHash: row.prompt_hash,
    cases: row.cases,
    unjudged: row.unjudged,
    accuracyBp: row.accuracy_bp,
    macroF1Bp: row.macro_f1_bp,
    recallBp: row.recall_bp,
    specificityBp: row.specificity_bp,
    functionalities: JSON.parse(row.functionalities) as FunctionalityFigure[],
    p50Us: row.p50_us,
    p95Us: row.p95_us,
    costMicros: row.cost_micros,
  };
}
