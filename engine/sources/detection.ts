/** Looks at the followed accounts one after another, in the background, within the budget. */
import { isVigieError } from '#shared/errors.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { PlatformGate } from './platform-gate.ts';
import type { Resolver } from './resolver.ts';
import type { WatchesService } from './watches-service.ts';
import type { WatchesStore } from './watches-store.ts';

export type Detection = {
  start(): void;
  /** Other accounts, or others of them, are to be looked at. */
  refresh(): void;
  /** When the next account is due, epoch ms; null when none is followed. */
  nextCheckAt(): number | null;
  close(): Promise<void>;
};

/** An urgent account goes before a normal one that has waited up to this much longer, a normal one before a low one alike. */
const precedenceMs = 60_000;
/** Without network, or while a block is waited out, it is looked again whether that is over. */
const restMs = 30_000;

/**
 * Due times are kept by the monotonic clock, so that a step of the wall clock changes nothing; after a sleep everything is due at once and the
 * budget decides. One account is looked at at a time.
 */
export function createDetection(deps: {
  watches: WatchesStore;
  service: Pick<WatchesService, 'look'>;
  resolver: Resolver;
  gate: PlatformGate;
  clock: Clock;
  log: Log;
  networkAllowed(): boolean;
  /** Path of the model that a capture of this account uses. */
  modelFor(watchId: string): Promise<string>;
}): Detection {
  const { watches, clock, gate, log } = deps;
  /** When each account is due, ms of the monotonic clock, and what `next_check_at` that came from. */
  const due = new Map<string, { atMs: number; priority: number; from: number | null }>();
  const closing = new AbortController();
  let started = false;
  let looking: Promise<void> | null = null;
  let cancelTimer = () => {};

  /** Stored times that somebody else changed (a new account, "check now", a restart) move the due time. */
  const sync = () => {
    const rows = watches.active();
    const followed = new Set(rows.map(({ id }) => id));
    for (const id of due.keys()) if (!followed.has(id)) due.delete(id);
    const now = clock.now();
    for (const { id, next_check_at: at, priority } of rows) {
      const known = due.get(id);
      if (known && known.from === at) known.priority = priority;
      // A time far ahead was written before the clock was set back.
      else
        due.set(id, {
          atMs: clock.monotonicMs() + Math.min(2 * 3_600_000, Math.max(0, (at ?? now) - now)),
          priority,
          from: at,
        });
    }
  };

  const first = () =>
    [...due.entries()].sort(
      ([, a], [, b]) => a.atMs + a.priority * precedenceMs - (b.atMs + b.priority * precedenceMs),
    );

  const look = async (id: string) => {
    const row = watches.row(id);
    if (!row) return void due.delete(id);
    const { presence } = await deps.resolver.presence(row.handle, gate.get, closing.signal);
    gate.heard(presence);
    const model = await deps.modelFor(id);
    const nextMs = deps.service.look(id, presence, model);
    if (nextMs === null) return void due.delete(id);
    const from = watches.row(id)?.next_check_at ?? null;
    due.set(id, { atMs: clock.monotonicMs() + nextMs, priority: row.priority, from });
  };

  const plan = () => {
    cancelTimer();
    if (!started || closing.signal.aborted || looking) return;
    const now = clock.monotonicMs();
    const ready = first().find(([, each]) => each.atMs <= now);
    const earliest = Math.min(...[...due.values()].map(({ atMs }) => atMs));
    if (due.size === 0) return;
    const resting = !deps.networkAllowed() || gate.state().blockedUntil !== null;
    if (resting || !ready) {
      cancelTimer = clock.schedule(resting ? restMs : Math.max(1, earliest - now), plan);
      return;
    }
    const [id] = ready;
    looking = look(id)
      .catch((error: unknown) => {
        if (closing.signal.aborted || isVigieError(error, 'cancelled')) return;
        log.error({ watchId: id, problem: String(error) }, 'an account could not be looked at');
        // It comes again later; the others go on.
        due.set(id, {
          atMs: clock.monotonicMs() + 10 * restMs,
          priority: 1,
          from: watches.row(id)?.next_check_at ?? null,
        });
      })
      .finally(() => {
        looking = null;
        plan();
      });
  };

  return {
    start() {
      started = true;
      sync();
      plan();
    },
    refresh() {
      if (!started) return;
      sync();
      plan();
    },
    nextCheckAt() {
      const earliest = Math.min(...[...due.values()].map(({ atMs }) => atMs));
      return Number.isFinite(earliest) ? Math.round(clock.now() + Math.max(0, earliest - clock.monotonicMs())) : null;
    },
    async close() {
      closing.abort();
      cancelTimer();
      await looking;
    },
  };
}
