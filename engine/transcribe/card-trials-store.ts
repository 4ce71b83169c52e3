/** Remembers what a graphics card was found to do, so that a worker that cannot use it is not loaded again at each start. */
import { statSync } from 'node:fs';
import type { Clock } from '../base/clock.ts';
import type { Store } from '../db/store.ts';
import type { TrialMemory, TrialOutcome } from './gpu-trial.ts';
import type { GraphicsCard } from './graphics-card.ts';
import type { Plan } from './worker-plan.ts';

/** After a week even the same card under the same program is tried again: libraries beside both may have changed. */
const staleMs = 7 * 24 * 3_600_000;

export function createCardTrials(store: Store, clock: Clock, card: GraphicsCard): TrialMemory {
  const q = store.build;
  return {
    recall(plan) {
      const row = store.get(
        q
          .selectFrom('card_trials')
          .select(['outcome', 'at'])
          .where('card', '=', card.key)
          .where('worker', '=', programOf(plan)),
      );
      return row && clock.now() - row.at < staleMs ? (row.outcome as TrialOutcome) : null;
    },
    remember(plan, { outcome, detail, tookMs }) {
      if (store.readOnly) return;
      const found = { outcome, detail: detail.slice(0, 300), took_ms: Math.round(tookMs), at: clock.now() };
      store.transaction(() =>
        store.run(
          q
            .insertInto('card_trials')
            .values({ card: card.key, worker: programOf(plan), ...found })
            .onConflict((conflict) => conflict.columns(['card', 'worker']).doUpdateSet(found)),
        ),
      );
    },
  };
}

/** A program that was built or installed anew is another one. */
function programOf({ worker, launch }: Plan): string {
  const program = launch.args.at(-1) ?? launch.command;
  const found = statSync(program, { throwIfNoEntry: false });
  return `${worker} ${program} ${found ? `${found.size} ${Math.round(found.mtimeMs)}` : 'absent'}`;
}
