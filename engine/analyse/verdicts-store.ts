import type { Judgement } from '#shared/model/verdict.ts';
import { newId } from '#shared/ids.ts';
import type { ScoreTerm } from '#shared/policy/risk.ts';
import type { Clock } from '../base/clock.ts';
import type { Store } from '../db/store.ts';
import { type Tables, verdictColumns } from '../db/tables.ts';

export type VerdictsStore = ReturnType<typeof createVerdictsStore>;

/** SQL of verdicts: a segment keeps every one it was given; exactly one is current. */
export function createVerdictsStore(store: Store, clock: Clock) {
  const q = store.build;
  const retire = store.prepare<{ segment: string }>((slot) =>
    q
      .updateTable('verdicts')
      .set({ is_current: 0 })
      .where('segment_id', '=', slot('segment'))
      .where('is_current', '=', 1),
  );
  const insert = store.prepare<Tables['verdicts']>((slot) =>
    q
      .insertInto('verdicts')
      .values(Object.fromEntries(verdictColumns.map((name) => [name, slot(name)])) as Tables['verdicts']),
  );
  return {
    /** Stores a verdict as the current one. @returns its id */
    give(verdict: {
      segmentId: string;
      engine: string;
      model: string;
      policyVersion: string;
      policyHash: string;
      judgement: Judgement;
      scoreBp: number;
      terms: ScoreTerm[];
    }): string {
      const at = clock.now();
      const id = newId(at);
      const { judgement } = verdict;
      retire.run({ segment: verdict.segmentId });
      insert.run({
        id,
        segment_id: verdict.segmentId,
        engine: verdict.engine,
        model: verdict.model,
        policy_version: verdict.policyVersion,
        policy_hash: verdict.policyHash,
        category: judgement.category,
        virality: judgement.virality,
        hate: judgement.hate ? 1 : 0,
        target: judgement.target,
        target_text: judgement.targetText,
        reasons: JSON.stringify(judgement.reasons),
        confidence_bp: judgement.confidenceBp,
        score_bp: verdict.scoreBp,
        terms: JSON.stringify(verdict.terms),
        is_current: 1,
        at,
      });
      return id;
    },
    keepPolicy(policy: { hash: string; name: string; version: string }) {
      store.run(
        q
          .insertInto('policies')
          .values({ ...policy, at: clock.now() })
          .onConflict((conflict) => conflict.doNothing()),
      );
    },
    policiesOf: (liveId: string) =>
      store.all(
        q
          .selectFrom('policies')
          .select(['name', 'version', 'hash'])
          .where(
            'hash',
            'in',
            q
              .selectFrom('verdicts')
              .innerJoin('segments', 'segments.id', 'verdicts.segment_id')
              .where('segments.live_id', '=', liveId)
              .select('verdicts.policy_hash')
              .distinct(),
          ),
      ),
  };
}
