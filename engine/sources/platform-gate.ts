/** The one way to a platform: everybody waits for a turn in the budget that all accounts share. */
import { VigieError } from '#shared/errors.ts';
import type { DetectionState, WatchPlatform } from '#shared/model/watch.ts';
import type { Clock } from '../base/clock.ts';
import { answered, blocked, blockedUntil, type Budget, perMinute, spacingMs, spend, waitFor } from './budget.ts';
import type { PlatformGet, Presence } from './resolver.ts';
import { isBlock } from './resolver.ts';

export type PlatformGate = {
  /** Waits for its turn. Rejects with `platform-blocked` while a block is waited out, and with what `get` rejects with. */
  get: PlatformGet;
  /** What the platform said of an account tells whether it refuses this machine. */
  heard(presence: Pick<Presence, 'reason' | 'retryAfterMs' | 'problem'>): void;
  state(): Omit<DetectionState, 'nextCheckAt'>;
};

export function createPlatformGate(deps: {
  platform: WatchPlatform;
  get: PlatformGet;
  clock: Clock;
  load(): Budget;
  /** Stores the budget before a question leaves. */
  save(budget: Budget): void;
}): PlatformGate {
  const { platform, clock } = deps;
  let budget = deps.load();
  let turn: Promise<unknown> = Promise.resolve();
  /** Of this process: a wall clock that is set forward shortens no pause. */
  let askedMs: number | null = null;
  const keep = (next: Budget) => {
    if (next === budget) return;
    budget = next;
    deps.save(next);
  };

  const takeTurn = async (signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    const wait = waitFor(budget, clock.now());
    if (wait.how === 'blocked')
      throw new VigieError('platform-blocked', { platform, reason: 'waiting-out-block', until: wait.until });
    const since = askedMs === null ? Infinity : clock.monotonicMs() - askedMs;
    const waitMs = Math.max(wait.ms, spacingMs - since);
    if (waitMs > 0) await clock.delay(waitMs, signal);
    askedMs = clock.monotonicMs();
    keep(spend(budget, clock.now()));
  };

  return {
    async get(url, signal) {
      const mine = turn.then(() => takeTurn(signal));
      // The next one waits for the end of this wait, however it ends.
      turn = mine.catch(() => undefined);
      await mine;
      return deps.get(url, signal);
    },
    heard({ reason, retryAfterMs, problem }) {
      if (reason === 'waiting-out-block' || problem !== null) return;
      keep(isBlock(reason) ? blocked(budget, clock.now(), reason, retryAfterMs) : answered(budget));
    },
    state() {
      const now = clock.now();
      const until = blockedUntil(budget, now);
      return {
        blockedUntil: until,
        blockReason: until === null ? null : budget.blockReason,
        spentLastMinute: budget.recent.filter((at) => at > now - 60_000 && at <= now).length,
        perMinute,
      };
    },
  };
}
