import { expect, test } from 'vitest';
import { createJobs } from '../jobs/jobs.ts';
import { createLanesStore } from '../lanes/lanes-store.ts';
import { createLivesStore } from '../lives/lives-store.ts';
import { createSegmentsStore } from '../lives/segments-store.ts';
import { createReviewStore } from '../review/review-store.ts';
import { temporaryStore } from '../testing/temporary-store.ts';
import { createStore } from './store.ts';

/** Runs `work` on a store that explains each query instead of trusting it, and answers with the plans. */
function plansOf(work: (made: ReturnType<typeof temporaryStore>) => void): string[] {
  const made = temporaryStore();
  const plans: string[] = [];
  const raw = new Proxy(made.store.raw, {
    get(target, name) {
      if (name !== 'prepare') {
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      }
      return (sql: string) => {
        const statement = target.prepare(sql);
        const explain = (...parameters: unknown[]) => {
          const rows = target.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters) as { detail: string }[];
          plans.push(...rows.map(({ detail }) => detail));
        };
        return {
          all: (...parameters: unknown[]) => (explain(...parameters), statement.all(...parameters)),
          get: (...parameters: unknown[]) => (explain(...parameters), statement.get(...parameters)),
          run: (...parameters: unknown[]) => statement.run(...parameters),
        };
      };
    },
  });
  work({ ...made, store: createStore(raw, false) });
  return plans;
}

test.each([
  [
    'a page of the queue',
    'review_items_pending',
    ({ store, clock }) => createReviewStore(store, clock).pending(100, null),
  ],
  [
    'what was decided last',
    'review_items_decided',
    ({ store, clock }) => createReviewStore(store, clock).decided(100, null),
  ],
  [
    'the next job',
    'jobs_next',
    (made) => {
      const jobs = createJobs(made);
      jobs.define({
        kind: 'k',
        concurrency: 1,
        maxAttempts: 1,
        leaseMs: 1,
        run: () => Promise.reject(new Error()),
        giveUp: () => undefined,
      });
      jobs.start();
    },
  ],
  [
    'open segments of each live',
    'segments_open_by_live',
    ({ store, clock }) => createLivesStore(store, clock).list({ limit: 100 }),
  ],
  [
    'what waits of a live in a lane',
    'segments_waiting',
    ({ store, clock }) => createLanesStore(store, clock).due('some-live', 'live', 16),
  ],
  ['lives of which something waits', 'lives_waiting', ({ store, clock }) => createLanesStore(store, clock).heads()],
  ['the oldest open segment', 'segments_open', ({ store, clock }) => createSegmentsStore(store, clock).oldestOpenMs()],
] as [string, string, (made: ReturnType<typeof temporaryStore>) => unknown][])(
  '%s is found through %s',
  (_name, index, work) => {
    const plans = plansOf((made) => void work(made));
    expect(plans.join('\n')).toMatch(new RegExp(`USING (COVERING )?INDEX ${index}\\b`));
    expect(plans.join('\n')).not.toContain('USE TEMP B-TREE');
  },
);
