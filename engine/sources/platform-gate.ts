/** The one way to a platform: everybody waits for a turn in the budget that all accounts share. */
import { VigieError } from '#shared/errors.ts';
import type { DetectionState, WatchPlatform } from '#shared/model/watch.ts';
import type { Clock } from '../base/clock.ts';
import {
  answered,
  blocked,
  blockedUntil,
  type Budget,
  nextTurn,
  perMinute,
  spacingMs,
  spend,
  waitFor,
} from './budget.ts';
import type { PlatformGet, Presence } from './resolver.ts';
import { isBlock } from './resolver.ts';

export type PlatformGate = {
  /** Waits for its turn. Rejects with `platform-blocked` while a block is waited out, and with what `get` rejects with. */
  get: PlatformGet;
  /** The same for a live that is being heard or about to be: it goes before those who only look. */
  getForCapture: PlatformGet;
  /** What the platform said of an account tells whether it refuses this machine. */
  heard(presence: Pick<Presence, 'reason' | 'retryAfterMs' | 'problem'>): void;
  state(): Omit<DetectionState, 'nextCheckAt'>;
};

type Waiting = { forCapture: boolean; go(): void; refuse(error: unknown): void };

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
  const waiting: Waiting[] = [];
  let capturesInARow = 0;
  let cancelTimer: (() => void) | null = null;
  /** Of this process: a wall clock that is set forward shortens no pause. */
  let askedMs: number | null = null;
  const keep = (next: Budget) => {
    if (next === budget) return;
    budget = next;
    deps.save(next);
  };

  /** Gives turns until the next one has to be waited for. Who it is for is decided when it comes, not when the wait begins. */
  const serve = (rested: boolean): void => {
    let pause = !rested;
    while (waiting.length > 0) {
      const wait = waitFor(budget, clock.now());
      if (wait.how === 'blocked') {
        const refusal = { platform, reason: 'waiting-out-block', until: wait.until } as const;
        for (const one of waiting.splice(0)) one.refuse(new VigieError('platform-blocked', refusal));
        return;
      }
      const since = askedMs === null ? Infinity : clock.monotonicMs() - askedMs;
      const waitMs = pause ? Math.max(wait.ms, spacingMs - since) : 0;
      if (waitMs > 0) {
        cancelTimer = clock.schedule(waitMs, () => {
          cancelTimer = null;
          serve(true);
        });
        return;
      }
      pause = true;
      const [next] = waiting.splice(nextTurn(waiting, capturesInARow), 1);
      if (!next) return;
      capturesInARow = next.forCapture ? capturesInARow + 1 : 0;
      askedMs = clock.monotonicMs();
      try {
        keep(spend(budget, clock.now()));
      } catch (error) {
        next.refuse(error);
        continue;
      }
      next.go();
    }
  };

  const takeTurn = (forCapture: boolean, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const leave = () => {
        waiting.splice(waiting.indexOf(mine), 1);
        if (waiting.length === 0) {
          cancelTimer?.();
          cancelTimer = null;
        }
        reject(signal.reason);
      };
      const mine: Waiting = {
        forCapture,
        go: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
        refuse: (error) => {
          signal.removeEventListener('abort', leave);
          reject(error);
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      waiting.push(mine);
      if (cancelTimer === null) serve(false);
    });

  const getInTurn =
    (forCapture: boolean): PlatformGet =>
    async (url, signal) => {
      await takeTurn(forCapture, signal);
      return deps.get(url, signal);
    };

  return {
    get: getInTurn(false),
    getForCapture: getInTurn(true),
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
