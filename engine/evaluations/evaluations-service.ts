import { createHash } from 'node:crypto';
import type { Evaluation, EvaluationEngine, EvaluationMiss } from '#shared/model/evaluation.ts';
import { newId } from '#shared/ids.ts';
import type { Analyser } from '../analyse/analyse-service.ts';
import type { Clock } from '../base/clock.ts';
import type { Store } from '../db/store.ts';
import type { Journal } from '../journal/journal.ts';
import { evaluateCases } from './evaluate-cases.ts';
import type { EvaluationsStore } from './evaluations-store.ts';
import { readCases } from './read-cases.ts';

export type EvaluationsService = ReturnType<typeof createEvaluationsService>;

export type EvaluationRequest = {
  name: string;
  csv: string;
  engine: EvaluationEngine;
  language: Evaluation['language'];
};

/** Weighs labelled cases and keeps what came of it. */
export function createEvaluationsService(deps: {
  store: Store;
  evaluations: EvaluationsStore;
  journal: Journal;
  analysers: Record<EvaluationEngine, Analyser>;
  clock: Clock;
}) {
  const { store, evaluations, journal, analysers, clock } = deps;
  return {
    list: (limit: number): Evaluation[] => evaluations.list(limit),
    /** @throws VigieError `cases-unusable`, `cancelled` */
    async run(
      { name, csv, engine, language }: EvaluationRequest,
      actor: string,
      signal: AbortSignal | undefined,
    ): Promise<{ evaluation: Evaluation; misses: EvaluationMiss[] }> {
      const analyser = analysers[engine];
      const cases = readCases(csv);
      const { misses, ...figures } = await evaluateCases(cases, (text) => analyser.judge(text, { language }), {
        clock,
        signal,
      });
      const at = clock.now();
      const kept: Evaluation = {
        id: newId(at),
        at,
        name,
        casesDigest: createHash('sha256').update(csv).digest('hex'),
        language,
        engine,
        model: analyser.model,
        policyVersion: analyser.version,
        policyHash: analyser.hash,
        promptHash: null,
        cases: cases.length,
        ...figures,
        costMicros: 0,
      };
      store.transaction(() => {
        evaluations.insert(kept);
        const { id, macroF1Bp } = kept;
        journal.append({
          kind: 'evaluation.done',
          subjectId: id,
          data: { engine, cases: cases.length, macroF1Bp },
          actor,
        });
      });
      return { evaluation: kept, misses };
    },
  };
}
