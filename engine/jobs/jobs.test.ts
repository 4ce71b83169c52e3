import { expect, test } from 'vitest';
import { temporaryStore } from '../testing/temporary-store.ts';
import { createJobs, type JobKind, type JobOutcome, type TurnKind } from './jobs.ts';

type Payload = { n: number };

function withJobs(kind: Partial<JobKind<Payload>> & { run: JobKind<Payload>['run'] }) {
  const made = temporaryStore();
  const jobs = createJobs(made);
  const givenUp: string[] = [];
  jobs.define<Payload>({
    kind: 'work',
    concurrency: 1,
    maxAttempts: 3,
    leaseMs: 10_000,
    giveUp: (payload, problem) => givenUp.push(`${payload.n} ${problem}`),
    ...kind,
  });
  const add = (n: number, extra: { lane?: number; dueAt?: number } = {}) =>
    made.store.transaction(() => jobs.enqueue({ kind: 'work', key: `work:${n}`, payload: { n }, ...extra }));
  const states = () =>
    made.store.all(made.store.build.selectFrom('jobs').select(['key', 'state', 'attempts']).orderBy('row'));
  return { ...made, jobs, givenUp, add, states };
}

const done = (commit: () => void = () => undefined): JobOutcome => ({ outcome: 'done', commit });

test('a job runs once, however often it is asked for', async () => {
  const ran: number[] = [];
  const { jobs, add } = withJobs({ run: ({ n }) => Promise.resolve(done(() => ran.push(n))) });
  add(1);
  add(1);
  jobs.start();
  await jobs.drain();
  add(1);
  await jobs.drain();
  expect(ran).toEqual([1]);
});

test('lower lanes go first', async () => {
  const ran: number[] = [];
  const { jobs, add } = withJobs({ run: ({ n }) => Promise.resolve(done(() => ran.push(n))) });
  add(1);
  add(2, { lane: 9 });
  add(3, { lane: 0 });
  jobs.start();
  await jobs.drain();
  expect(ran).toEqual([3, 1, 2]);
});

test('failures are tried again after a growing delay, and giving up is told', async () => {
  const at: number[] = [];
  const { jobs, add, clock, givenUp, states, journal } = withJobs({
    run: () => {
      at.push(clock.monotonicMs());
      return Promise.reject(new Error('no luck'));
    },
  });
  jobs.start();
  add(1);
  await clock.advance(60_000);
  expect(at).toEqual([0, 1000, 3000]);
  expect(givenUp).toEqual(['1 no luck']);
  expect(states()).toEqual([{ key: 'work:1', state: 'dead', attempts: 3 }]);
  expect(journal.after(0, 10).map(({ kind }) => kind)).toEqual(['job.given-up']);
});

test('being told "later" costs no attempt', async () => {
  let calls = 0;
  const { jobs, add, clock, states } = withJobs({
    run: () => {
      calls += 1;
      return Promise.resolve(calls <= 10 ? { outcome: 'later', afterMs: 5000 } : done());
    },
  });
  jobs.start();
  add(1);
  await clock.advance(60_000);
  expect(calls).toBe(11);
  expect(states()).toEqual([{ key: 'work:1', state: 'done', attempts: 0 }]);
});

test.each([1, 2, 3, 4, 5])(
  'a job that falls due during the %i. look at the clock is not forgotten',
  async (afterMs) => {
    const { store, clock, log, journal } = temporaryStore();
    let looks = 0;
    // A busy machine: a millisecond passes at every look.
    const busy = { ...clock, now: () => clock.now() + (looks += 1) };
    const jobs = createJobs({ store, clock: busy, log, journal });
    const ran: number[] = [];
    jobs.define<Payload>({
      kind: 'work',
      concurrency: 1,
      maxAttempts: 3,
      leaseMs: 10_000,
      giveUp: () => undefined,
      run: ({ n }) => Promise.resolve(done(() => ran.push(n))),
    });
    jobs.start();
    const dueAt = busy.now() + afterMs;
    store.transaction(() => jobs.enqueue({ kind: 'work', key: 'work:1', payload: { n: 1 }, dueAt }));
    await clock.advance(1000);
    expect(ran).toEqual([1]);
  },
);

test('a wall clock that is set back holds no new job up', async () => {
  const { jobs, add, clock, states } = withJobs({ run: () => Promise.resolve(done()) });
  add(1);
  clock.stepWall(-3_600_000);
  jobs.start();
  await clock.advance(1000);
  expect(states()).toEqual([{ key: 'work:1', state: 'done', attempts: 0 }]);
});

test('a handler that hangs loses its lease, and that is a failed attempt', async () => {
  const { jobs, add, clock, givenUp } = withJobs({
    maxAttempts: 1,
    run: (_payload, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
  });
  jobs.start();
  add(1);
  await clock.advance(10_000);
  expect(givenUp).toEqual(['1 lease of 10000 ms expired']);
});

test('the results and the end of the job are one transaction', async () => {
  const { jobs, add, store, states, clock } = withJobs({
    maxAttempts: 1,
    run: () =>
      Promise.resolve(
        done(() => {
          store.run(store.build.insertInto('settings').values({ key: 'half', value: '1', at: 0 }));
          throw new Error('in the middle');
        }),
      ),
  });
  jobs.start();
  add(1);
  await clock.advance(1);
  expect(states()[0]?.state).toBe('dead');
  expect(store.all(store.build.selectFrom('settings').selectAll())).toEqual([]);
});

test('what was active when the engine died runs again, without costing an attempt', async () => {
  const ran: number[] = [];
  const { jobs, add, store, states } = withJobs({ run: ({ n }) => Promise.resolve(done(() => ran.push(n))) });
  add(1);
  store.raw.exec(`UPDATE jobs SET state = 'active', lease_until = 1`);
  jobs.start();
  await jobs.drain();
  expect(ran).toEqual([1]);
  expect(states()[0]?.attempts).toBe(0);
});

test('closing aborts what runs and keeps it for the next start', async () => {
  const { jobs, add, states } = withJobs({
    run: (_payload, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
  });
  jobs.start();
  add(1);
  await Promise.resolve();
  await jobs.close();
  expect(states()).toEqual([{ key: 'work:1', state: 'waiting', attempts: 0 }]);
});

test('a waiting job can be taken back; a kind without handler is refused', () => {
  const { jobs, add, store, clock, states } = withJobs({ run: () => Promise.resolve(done()) });
  add(1, { dueAt: clock.now() + 1000 });
  expect(store.transaction(() => jobs.cancel('work:1'))).toBe(true);
  expect(states()).toEqual([]);
  expect(() => jobs.enqueue({ kind: 'other', key: 'k', payload: {} })).toThrow(/no handler/);
});

/** Turns of two, in an order that is the test's own; `open` says whether any may go. */
function withTurns(runTogether: TurnKind<Payload>['runTogether']) {
  const made = temporaryStore();
  const jobs = createJobs(made);
  const givenUp: number[] = [];
  const gate = { open: true, asked: 0 };
  const known: number[] = [];
  const waiting = () =>
    new Set(
      made.store
        .all(made.store.build.selectFrom('jobs').select('key').where('state', '=', 'waiting'))
        .map(({ key }) => key),
    );
  jobs.defineTurns<Payload>({
    kind: 'work',
    maxAttempts: 2,
    leaseMs: 10_000,
    giveUp: ({ n }) => givenUp.push(n),
    choose() {
      gate.asked += 1;
      const left = waiting();
      return gate.open
        ? known
            .toReversed()
            .map((n) => `work:${n}`)
            .filter((key) => left.has(key))
            .slice(0, 2)
        : [];
    },
    runTogether,
  });
  const add = (...numbers: number[]) =>
    made.store.transaction(() => {
      for (const n of numbers) {
        known.push(n);
        jobs.enqueue({ kind: 'work', key: `work:${n}`, payload: { n } });
      }
    });
  return { ...made, jobs, add, gate, givenUp };
}

test('jobs of a turn go together, in the order their kind chooses', async () => {
  const turns: number[][] = [];
  const { jobs, add } = withTurns((payloads) => {
    turns.push(payloads.map(({ n }) => n));
    return Promise.resolve(payloads.map(() => done()));
  });
  add(1, 2, 3);
  jobs.start();
  await jobs.drain();
  expect(turns).toEqual([[3, 2], [1]]);
  expect(jobs.open('work')).toBe(0);
});

test('each job of a turn has its own end', async () => {
  const ran: number[] = [];
  const { jobs, add, clock, givenUp } = withTurns((payloads) =>
    Promise.resolve(
      payloads.map(({ n }) =>
        n === 2 ? { outcome: 'failed' as const, error: new Error('this one alone') } : done(() => ran.push(n)),
      ),
    ),
  );
  add(1, 2, 3);
  jobs.start();
  await clock.advance(10_000);
  expect(ran.toSorted()).toEqual([1, 3]);
  expect(givenUp).toEqual([2]);
});

test('a turn whose results cannot be stored fails those jobs and no others', async () => {
  const ran: number[] = [];
  const { jobs, add, clock, givenUp } = withTurns((payloads) =>
    Promise.resolve(
      payloads.map(({ n }) =>
        done(() => {
          if (n === 1) throw new Error('cannot be stored');
          ran.push(n);
        }),
      ),
    ),
  );
  add(1, 2);
  jobs.start();
  await clock.advance(10_000);
  expect([ran, givenUp]).toEqual([[2], [1]]);
});

test('what may not go now waits for wake, not for the clock', async () => {
  const turns: number[][] = [];
  const { jobs, add, gate, clock } = withTurns((payloads) => {
    turns.push(payloads.map(({ n }) => n));
    return Promise.resolve(payloads.map(() => done()));
  });
  gate.open = false;
  add(1);
  jobs.start();
  await clock.advance(600_000);
  expect(gate.asked).toBeLessThan(5);
  gate.open = true;
  jobs.wake();
  await jobs.drain();
  expect(turns).toEqual([[1]]);
});
