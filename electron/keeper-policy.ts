/** Why one life of the engine process ended without being asked to. */
export type EndOfLife =
  /** The process could not be created, or ended before it ran. */
  | 'cannot-start'
  /** It ran but did not say ready in time, or ended before it could. */
  | 'never-ready'
  /** It said ready and ended within `earlyMs`. */
  | 'died-early'
  /** It worked for a while first. */
  | 'died';

export type KeeperLimits = {
  /** From the first sign of life to `ready`: opening a large database after a crash, its backup included. */
  readyMs: number;
  earlyMs: number;
  /** Consecutive lives of each kind before a person is told. */
  most: Record<EndOfLife, number>;
  firstDelayMs: number;
  longestDelayMs: number;
};

export const defaultKeeperLimits: KeeperLimits = {
  readyMs: 120_000,
  earlyMs: 60_000,
  // A binary that cannot be started will not be there a minute later; a crash may be one bad stream.
  most: { 'cannot-start': 3, 'never-ready': 2, 'died-early': 5, died: 10 },
  firstDelayMs: 500,
  longestDelayMs: 30_000,
};

/** How often each kind happened since a life last was good. `died` only counts within the last hour. */
export type KeeperCounts = Record<Exclude<EndOfLife, 'died'>, number> & { diedAtMs: readonly number[] };

export const noCounts: KeeperCounts = { 'cannot-start': 0, 'never-ready': 0, 'died-early': 0, diedAtMs: [] };

export type KeeperAnswer = { counts: KeeperCounts } & (
  | { action: 'restart'; delayMs: number }
  | { action: 'give-up'; because: EndOfLife; lives: number }
);

const hourMs = 3_600_000;

/**
 * What to do after the engine process ended by itself: start it again after a growing delay, or stop and tell a person.
 * Each way of ending has its own count and its own end; a life that lasted wipes the counts of the short ones, but a
 * process that dies every other minute for an hour ends as well.
 */
export function afterEnd(counts: KeeperCounts, end: EndOfLife, nowMs: number, limits: KeeperLimits): KeeperAnswer {
  const next = counted(counts, end, nowMs);
  const lives = end === 'died' ? next.diedAtMs.length : next[end];
  if (lives >= limits.most[end]) return { counts: next, action: 'give-up', because: end, lives };
  const delayMs = Math.min(limits.longestDelayMs, limits.firstDelayMs * 2 ** (lives - 1));
  return { counts: next, action: 'restart', delayMs };
}

function counted(counts: KeeperCounts, end: EndOfLife, nowMs: number): KeeperCounts {
  const diedAtMs = counts.diedAtMs.filter((at) => nowMs - at < hourMs);
  if (end === 'died') return { ...noCounts, diedAtMs: [...diedAtMs, nowMs] };
  return { ...counts, diedAtMs, [end]: counts[end] + 1 };
}
