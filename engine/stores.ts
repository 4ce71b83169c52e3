import { createAlertsStore } from './alerts/alerts-store.ts';
import { createVerdictsStore } from './analyse/verdicts-store.ts';
import type { Clock } from './base/clock.ts';
import { createCasesStore } from './cases/cases-store.ts';
import type { Store } from './db/store.ts';
import { createLivesStore } from './lives/lives-store.ts';
import { createSearchStore } from './lives/search-store.ts';
import { createSegmentsStore } from './lives/segments-store.ts';
import { createReviewStore } from './review/review-store.ts';
import { createWatchesStore } from './sources/watches-store.ts';

/** The tables that more than one desk reads. */
export function createStores(store: Store, clock: Clock) {
  const lives = createLivesStore(store, clock);
  const segments = createSegmentsStore(store, clock);
  return {
    lives,
    segments,
    search: createSearchStore(store, { segments, lives }),
    verdicts: createVerdictsStore(store, clock),
    alerts: createAlertsStore(store, clock),
    review: createReviewStore(store, clock),
    cases: createCasesStore(store, clock),
    watches: createWatchesStore(store, clock),
  };
}
