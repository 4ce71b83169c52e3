/** Days of detection against a platform that exists only in time: the real schedule, budget, gate, judge, service and database. */
import { expect, onTestFinished, test } from 'vitest';
import { newId } from '#shared/ids.ts';
import { defaultSettings } from '#shared/model/settings.ts';
import type { WatchPolicy } from '#shared/model/watch.ts';
import { silentLog } from '../base/log.ts';
import { createLivesStore } from '../lives/lives-store.ts';
import { temporaryStore } from '../testing/temporary-store.ts';
import { createDetection } from './detection.ts';
import { createPlatformGate } from './platform-gate.ts';
import type { Presence, Resolver } from './resolver.ts';
import { createWatchesService } from './watches-service.ts';
import { createWatchesStore } from './watches-store.ts';

const s = 1_000;
const minute = 60 * s;
const hour = 60 * minute;

/** The same every time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const offline: Presence = {
  state: 'hors_ligne',
  reason: 'not-live',
  room: { id: '1', title: null, viewers: null, startedAt: null },
  displayName: null,
  followers: null,
  retryAfterMs: null,
  problem: null,
};

/** `lives`: when each account is on air, in ms of the monotonic clock, which no step of the wall clock moves. */
async function simulate(given: {
  accounts: number;
  priorityOf?: (index: number) => number;
  lives?: (index: number) => { from: number; to: number }[];
}) {
  const random = seeded(7);
  const made = temporaryStore();
  const { store, clock, journal } = made;
  // Nothing here is about durability, and a day holds thirty thousand commits.
  store.raw.pragma('synchronous = OFF');
  const watches = createWatchesStore(store, clock);
  const lives = createLivesStore(store, clock);
  const asked: number[] = [];
  const looked = new Map<string, number[]>();
  let refuse = false;
  const gate = createPlatformGate({
    platform: 'tiktok',
    clock,
    load: () => watches.budget('tiktok'),
    save: (budget) => watches.keepBudget('tiktok', budget),
    get: async () => {
      asked.push(clock.monotonicMs());
      await clock.delay(300);
      return null as never;
    },
  });
  const resolver: Resolver = {
    async presence(handle, get, signal) {
      const at = clock.monotonicMs();
      try {
        await get(`https://platform.example/@${handle}`, signal);
        if (random() < 0.2) await get(`https://platform.example/api/${handle}`, signal);
      } catch {
        return { presence: { ...offline, state: 'bloque', reason: 'waiting-out-block', room: null }, steps: [] };
      }
      looked.set(handle, [...(looked.get(handle) ?? []), at]);
      if (refuse) return { presence: { ...offline, state: 'bloque', reason: 'challenge-page', room: null }, steps: [] };
      const now = clock.monotonicMs();
      const onAir = given.lives?.(Number(handle.slice(1))).find(({ from, to }) => from <= now && now < to);
      return { presence: onAir ? { ...offline, state: 'en_ligne', reason: 'on-air' } : offline, steps: [] };
    },
    streams: () => Promise.reject(new Error('nobody captures here')),
  };
  const service = createWatchesService({
    store,
    watches,
    lives,
    journal,
    capture: {
      watch() {
        throw new Error('nobody captures here');
      },
    },
    clock,
    profileId: 'p',
    settings: () => defaultSettings,
    keepSound: () => undefined,
    onChange: () => undefined,
    random,
  });
  store.raw.prepare("INSERT INTO profiles (id, name, created_at) VALUES ('p', 'p', 0)").run();
  const policy: WatchPolicy = 'notify';
  const ids = Array.from({ length: given.accounts }, (_, index) =>
    store.transaction(() => {
      const choices = { platform: 'tiktok' as const, policy, priority: given.priorityOf?.(index) ?? 1, caseId: null };
      return service.add(`@a${index}`, choices, 'p').added[0]!.id;
    }),
  );
  const detection = createDetection({
    watches,
    service,
    resolver,
    gate,
    clock,
    log: silentLog,
    networkAllowed: () => true,
    modelFor: () => Promise.resolve('m'),
  });
  detection.start();
  onTestFinished(async () => {
    const closed = detection.close();
    await clock.advance(minute);
    await closed;
  });
  return {
    clock,
    watches,
    ids,
    asked,
    gate,
    looked: (index: number) => looked.get(`a${index}`) ?? [],
    refuse(on: boolean) {
      refuse = on;
    },
    insertLive(watchId: string, startedAt: number) {
      lives.insert({
        id: newId(startedAt),
        title: 't',
        account: null,
        source: '{}',
        source_kind: 'tiktok',
        source_label: 's',
        state: 'termine',
        outcome: 'termine',
        capture_state: 'ended',
        on_demand: null,
        started_at: startedAt,
        ended_at: startedAt + hour,
        end_reason: 'source-ended',
        end_error: null,
        language: 'fr',
        model: 'm',
        pace: null,
        source_ms: null,
        watch_id: watchId,
      });
    },
    /** Monotonic times at which lives of each account were told of. */
    told: () =>
      store.raw
        .prepare<[], { id: string; at: number }>(
          "SELECT subject_id AS id, at FROM facts WHERE kind = 'watch.live-started' ORDER BY seq",
        )
        .all(),
  };
}

function expectWithinBudget(asked: readonly number[]): void {
  const tooClose = asked.filter((at, index) => index > 0 && at - asked[index - 1]! < 3 * s);
  expect(tooClose, 'questions less than three seconds apart').toEqual([]);
}

const longestPause = (times: readonly number[]) => Math.max(...times.slice(1).map((at, index) => at - times[index]!));

test('20 accounts over a day: half of all lives are told of within 60 s, none later than 3 min, within the budget', async () => {
  const random = seeded(1);
  const plan = Array.from({ length: 20 }, () =>
    Array.from({ length: 3 }, (_, part) => {
      const from = part * 8 * hour + (0.2 + 6 * random()) * hour;
      return { from, to: from + 40 * minute };
    }),
  );
  const simulated = await simulate({ accounts: 20, lives: (index) => plan[index]! });
  const { clock, ids, asked } = simulated;
  const begun = clock.now() - clock.monotonicMs();
  await clock.advance(24 * hour);
  const told = simulated.told();
  const delays = plan.flatMap((livesOfOne, index) =>
    livesOfOne.map(({ from, to }) => {
      const first = told.find(({ id, at }) => id === ids[index] && at - begun >= from && at - begun <= to + minute);
      return first ? first.at - begun - from : Infinity;
    }),
  );
  delays.sort((a, b) => a - b);
  expect(delays).toHaveLength(60);
  expect(told).toHaveLength(60);
  expect(delays[30]!).toBeLessThanOrEqual(60 * s);
  expect(delays.at(-1)!).toBeLessThanOrEqual(3 * minute);
  expectWithinBudget(asked);
}, 60_000);

test('300 accounts, 30 of them urgent, 30 low: looked at every 20, 30 and 60 minutes at the latest, urgent ones more often', async () => {
  const priorityOf = (index: number) => (index < 30 ? 0 : index >= 270 ? 2 : 1);
  const { clock, looked, asked } = await simulate({ accounts: 300, priorityOf });
  await clock.advance(8 * hour);
  const pauses = Array.from({ length: 300 }, (_, index) => longestPause(looked(index)));
  // The first lap, in which everybody is due at once, is the slowest.
  expect(Math.max(...pauses.slice(0, 30))).toBeLessThan(20 * minute);
  expect(Math.max(...pauses.slice(30, 270))).toBeLessThan(30 * minute);
  expect(Math.max(...pauses.slice(270))).toBeLessThan(60 * minute);
  const looks = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => looked(from + index).length).reduce((sum, n) => sum + n, 0) /
    (to - from);
  expect(looks(0, 30) / looks(30, 270)).toBeGreaterThan(1.6);
  expect(looks(270, 300) / looks(30, 270)).toBeLessThan(0.7);
  expectWithinBudget(asked);
}, 60_000);

test('after eight hours of sleep, and after steps of the wall clock either way, everybody is looked at soon and nobody is asked twice', async () => {
  const { clock, looked, asked } = await simulate({ accounts: 20 });
  await clock.advance(10 * minute);
  // The machine sleeps: the wall clock goes on, timers and the monotonic clock stand still.
  for (const stepMs of [8 * hour, -2 * hour, 5 * s, -5 * s, 3 * hour]) {
    clock.stepWall(stepMs);
    const from = clock.monotonicMs();
    await clock.advance(5 * minute);
    for (let index = 0; index < 20; index++)
      expect(
        looked(index).some((at) => at > from && at < from + 3 * minute),
        `a${index} after ${stepMs}`,
      ).toBe(true);
  }
  expectWithinBudget(asked);
}, 60_000);

test('a wall clock that is pushed forward again and again does not buy a question', async () => {
  const { clock, asked } = await simulate({ accounts: 300 });
  for (let step = 0; step < 600; step++) {
    clock.stepWall(5 * s);
    await clock.advance(1 * s);
  }
  expect(asked.length).toBeGreaterThan(150);
  expectWithinBudget(asked);
}, 60_000);

test('an account is looked at more often around the hour at which it usually goes live', async () => {
  const simulated = await simulate({ accounts: 40 });
  const { clock, ids, looked, insertLive } = simulated;
  for (const daysAgo of [1, 2, 3]) insertLive(ids[0]!, clock.now() + 12 * hour - daysAgo * 24 * hour);
  await clock.advance(24 * hour);
  const around = (index: number) => looked(index).filter((at) => Math.abs(at - 12 * hour) < 40 * minute).length;
  expect(around(0) / around(1)).toBeGreaterThan(1.5);
}, 60_000);

test('a refusal is waited out for 15 minutes, is never "hors ligne", and no burst follows it', async () => {
  const simulated = await simulate({ accounts: 20 });
  const { clock, asked, watches, gate } = simulated;
  await clock.advance(10 * minute);
  simulated.refuse(true);
  await clock.advance(30 * s);
  const refusedAt = asked.at(-1)!;
  expect(gate.state()).toMatchObject({ blockReason: 'challenge-page' });
  expect(gate.state().blockedUntil! - clock.now()).toBeGreaterThan(14 * minute);
  expect(watches.list({ profileId: 'p', limit: 100 }).some(({ state }) => state === 'bloque')).toBe(true);
  simulated.refuse(false);
  await clock.advance(14 * minute);
  expect(asked.at(-1)).toBe(refusedAt);
  await clock.advance(5 * minute);
  expect(asked.at(-1)).toBeGreaterThan(refusedAt + 15 * minute);
  expect(gate.state().blockedUntil).toBeNull();
  expect(watches.list({ profileId: 'p', limit: 100 }).map(({ state }) => state)).not.toContain('bloque');
  expectWithinBudget(asked);
}, 60_000);
