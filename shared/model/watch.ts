import { z } from 'zod';
import { id } from '../ids.ts';
import { languages } from './live.ts';

/**
 * What is known of a followed account. en_ligne: a live is on air · actif: the account has a room and is not broadcasting in it ·
 * hors_ligne: the platform says that there is no live · bloque: the platform refuses to say (never shown as hors_ligne) ·
 * restreint: age or login wall · prive: only followers may see · inconnu: no such account, or never asked yet.
 */
export const watchStates = ['en_ligne', 'actif', 'hors_ligne', 'bloque', 'restreint', 'prive', 'inconnu'] as const;
export type WatchState = (typeof watchStates)[number];

/** Why an account is in its state (`watch.reason.<reason>` in the catalogue), by the state each goes with. */
export const presenceReasons = [
  // en_ligne, actif, hors_ligne
  'on-air',
  'room-idle',
  'room-ended',
  'not-live',
  // bloque: this address is refused, every account waits
  'challenge-page',
  'empty-answer',
  'redirected',
  'rate-limited',
  'refused',
  'waiting-out-block',
  // bloque: the platform answered something that tells nothing of this account
  'platform-error',
  'unreadable-answer',
  // restreint, prive
  'age-or-login',
  'private-account',
  'followers-only',
  // inconnu
  'no-such-account',
  'unreachable',
  'never-checked',
] as const;
export type PresenceReason = (typeof presenceReasons)[number];

/** What happens when a live starts: tell only, write it down, or write it down and keep its sound afterwards. */
export const watchPolicies = ['notify', 'transcribe', 'keep-audio'] as const;
export type WatchPolicy = (typeof watchPolicies)[number];

export const watchPlatforms = ['tiktok'] as const;
export type WatchPlatform = (typeof watchPlatforms)[number];

/** An account that is followed. Unique per profile, platform and handle, whatever its case. */
export const watch = z.object({
  id,
  platform: z.enum(watchPlatforms),
  /** As the platform spells it, without `@`. */
  handle: z.string(),
  url: z.string(),
  displayName: z.string().nullable(),
  state: z.enum(watchStates),
  reason: z.enum(presenceReasons),
  stateSince: z.number().int(),
  policy: z.enum(watchPolicies),
  /** 0 urgent, 1 normal, 2 low: who is asked first, and whose sound is written down first. */
  priority: z.number().int().min(0).max(2),
  paused: z.boolean(),
  /** null: the configured default. */
  language: z.enum(languages).nullable(),
  model: z.string().nullable(),
  caseId: id.nullable(),
  followers: z.number().int().nullable(),
  /** The live that is being captured now. */
  liveId: id.nullable(),
  lives: z.number().int(),
  lastLiveAt: z.number().int().nullable(),
  pendingAlerts: z.number().int(),
  lastCheckAt: z.number().int().nullable(),
  lastError: z.object({ code: z.string(), data: z.record(z.string(), z.unknown()) }).nullable(),
  /** null while paused. */
  nextCheckAt: z.number().int().nullable(),
  createdAt: z.number().int(),
});
export type Watch = z.infer<typeof watch>;

/** In the order in which they are asked, as far as they are needed; `stream` asks nothing, it chooses among what was offered. */
export const resolverSteps = ['page', 'api-live', 'check-alive', 'live-detail', 'room-info', 'stream'] as const;

/** One question put to a platform. `detail` are facts for the sentence `watch.step.<step>.<outcome>`; never an address with its signature. */
export const resolverStep = z.object({
  step: z.enum(resolverSteps),
  outcome: z.enum(['ok', 'no', 'blocked', 'failed', 'skipped']),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  tookMs: z.number().int(),
});
export type ResolverStep = z.infer<typeof resolverStep>;

/** The request budget that all accounts share, and whether a block is being waited out. */
export const detectionState = z.object({
  blockedUntil: z.number().int().nullable(),
  blockReason: z.string().nullable(),
  nextCheckAt: z.number().int().nullable(),
  /** Requests of the last minute, and the most there may be. */
  spentLastMinute: z.number().int(),
  perMinute: z.number().int(),
});
export type DetectionState = z.infer<typeof detectionState>;
