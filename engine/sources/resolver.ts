import type { VigieError } from '#shared/errors.ts';
import type { PresenceReason, ResolverStep, WatchState } from '#shared/model/watch.ts';
import type { NetResponse } from '../net/net.ts';

/** What a platform said of an account, or why it said nothing. */
export type Presence = {
  state: WatchState;
  reason: PresenceReason;
  room: { id: string; title: string | null; viewers: number | null; startedAt: number | null } | null;
  displayName: string | null;
  followers: number | null;
  /** The platform asked for this much patience (Retry-After), or this much is left of a block. */
  retryAfterMs: number | null;
  /** Our own network failed: nothing was learned (`inconnu`, `unreachable`), and what was known before still stands. */
  problem: VigieError | null;
};

/** One address at which a live's sound can be fetched. `audio`: no picture in it. */
export type Rendition = {
  url: string;
  protocol: 'hls' | 'flv';
  quality: string;
  audio: boolean;
  /** Epoch ms after which the address is refused; null when it does not say. */
  expiresAt: number | null;
};

/**
 * How a resolver asks. Each call waits for its turn in the budget that all accounts of the platform share; while a block is waited out it
 * rejects with `platform-blocked` without asking.
 */
export type PlatformGet = (url: string, signal: AbortSignal) => Promise<NetResponse>;

/** A platform's answers, read step by step. Never throws for what a platform says; only for `cancelled` and defects. */
export type Resolver = {
  presence(
    handle: string,
    get: PlatformGet,
    signal: AbortSignal,
  ): Promise<{ presence: Presence; steps: ResolverStep[] }>;
  /** Best first: sound alone, then the smallest picture. Empty when the room is not live or nothing fits. `roomId` null: found first. */
  streams(
    account: { handle: string; roomId: string | null },
    get: PlatformGet,
    signal: AbortSignal,
  ): Promise<{ presence: Presence; renditions: Rendition[]; steps: ResolverStep[] }>;
};

const blocks: ReadonlySet<PresenceReason> = new Set<PresenceReason>([
  'challenge-page',
  'empty-answer',
  'redirected',
  'rate-limited',
  'refused',
  'waiting-out-block',
]);

/** The platform refuses this machine's address, whichever account is asked for: every account waits. */
export const isBlock = (reason: PresenceReason): boolean => blocks.has(reason);

/**
 * Where a live can be heard now. `over`: the platform says that the account is not broadcasting. `silent`: nobody can tell, and why
 * (a block, our network, a live that is only for some).
 */
export type StreamAnswer =
  | { how: 'live'; roomId: string; streams: Rendition[] }
  | { how: 'over'; error: VigieError<'not-live'> }
  | { how: 'silent'; error: VigieError };

/** What a capture asks when it needs an address. Rejects with `cancelled` only. */
export type StreamLookup = (
  account: { handle: string; roomId: string | null },
  signal: AbortSignal,
) => Promise<StreamAnswer>;
