import type { NetResponse } from '../net/net.ts';
import type { ResolverStep, WatchState } from '#shared/model/watch.ts';

/** What a platform said of an account, or why it said nothing. */
export type Presence = {
  state: WatchState;
  /** A stable word that the catalogue explains. */
  reason: string;
  room: { id: string; title: string | null; viewers: number | null; startedAt: number | null } | null;
  displayName: string | null;
  followers: number | null;
  /** The platform asked for this much patience (Retry-After). */
  retryAfterMs: number | null;
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
