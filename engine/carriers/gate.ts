import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../base/clock.ts';

/** How long a launch token may wait in a browser's start-up. */
export const launchValidMs = 60_000;
/** More browsers than one person uses; the oldest makes room. */
const maxSessions = 16;
const maxLaunches = 16;

export type Gate = {
  /** The command line's own token. Lives as long as the engine; only `owner.json` (0600) carries it. */
  readonly cliToken: string;
  isCli(token: string): boolean;
  /** A single-use token that a browser exchanges for a session. */
  mintLaunch(validMs?: number): string;
  /** The new session's value, or null when the token is unknown, used or too old. */
  redeemLaunch(token: string): string | null;
  isSession(value: string): boolean;
};

/**
 * Keeps the secrets of one loopback door: 256 bits each, compared in constant time, in memory only, so that a restart
 * voids them all. Only digests are kept of what was handed out.
 */
export function createGate(clock: Clock): Gate {
  const cliToken = newSecret();
  const cliDigest = digest(cliToken);
  let launches: { digest: Buffer; untilMs: number }[] = [];
  let sessions: Buffer[] = [];

  return {
    cliToken,
    isCli: (token) => timingSafeEqual(digest(token), cliDigest),
    mintLaunch(validMs = launchValidMs) {
      const token = newSecret();
      const untilMs = clock.monotonicMs() + validMs;
      launches = [...launches, { digest: digest(token), untilMs }].slice(-maxLaunches);
      return token;
    },
    redeemLaunch(token) {
      const now = clock.monotonicMs();
      launches = launches.filter((launch) => launch.untilMs > now);
      const found = findSame(
        launches.map((launch) => launch.digest),
        token,
      );
      if (found === -1) return null;
      launches = launches.filter((_, index) => index !== found);
      const session = newSecret();
      sessions = [...sessions, digest(session)].slice(-maxSessions);
      return session;
    },
    isSession: (value) => findSame(sessions, value) !== -1,
  };
}

/** Looks at every entry whatever it finds. */
function findSame(digests: readonly Buffer[], secret: string): number {
  const wanted = digest(secret);
  let found = -1;
  digests.forEach((candidate, index) => {
    if (timingSafeEqual(candidate, wanted)) found = index;
  });
  return found;
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
