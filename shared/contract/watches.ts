import { z } from 'zod';
import { id } from '../ids.ts';
import { languages, live } from '../model/live.ts';
import { detectionState, resolverStep, watch, watchPlatforms, watchPolicies, watchStates } from '../model/watch.ts';
import { call } from './base.ts';

const read = { permission: 'read', personalData: false } as const;
const operate = { permission: 'operate', personalData: false } as const;

const choices = {
  policy: z.enum(watchPolicies),
  priority: z.number().int().min(0).max(2),
  paused: z.boolean(),
  language: z.enum(languages).nullable(),
  model: z.string().max(4096).nullable(),
  caseId: id.nullable(),
};

/** Accounts that are followed, and what is known of them. */
export const watches = {
  /**
   * Follows every account named in `text`: `@name`, `name`, any form of the platform's address, one or many, however separated.
   * What cannot be followed is answered beside what was, each with its reason.
   */
  add: call(operate)
    .input(
      z.object({
        text: z.string().min(1).max(200_000),
        platform: z.enum(watchPlatforms).default('tiktok'),
        policy: choices.policy.default('transcribe'),
        priority: choices.priority.default(1),
        caseId: id.optional(),
        commandId: id,
      }),
    )
    .output(
      z.object({
        added: z.array(watch),
        refused: z.array(
          z.object({
            text: z.string().max(300),
            reason: z.enum(['not-an-account', 'already-followed', 'other-platform', 'short-link']),
            watchId: id.nullable(),
          }),
        ),
      }),
    ),
  list: call(read)
    .input(
      z.object({
        states: z.array(z.enum(watchStates)).optional(),
        /** Part of a handle or a display name. */
        text: z.string().max(100).optional(),
        limit: z.number().int().min(1).max(5000).default(2000),
      }),
    )
    .output(z.object({ items: z.array(watch), total: z.number().int(), detection: detectionState })),
  get: call(read)
    .input(z.object({ watchId: id }))
    .output(z.object({ watch, followers: z.array(z.object({ at: z.number().int(), followers: z.number().int() })) })),
  change: call(operate)
    .input(z.object({ watchId: id, patch: z.object(choices).partial(), commandId: id }))
    .output(watch),
  /** Stops following. The lives heard so far stay; a capture that runs goes on to its end. */
  remove: call(operate)
    .input(z.object({ watchId: id, commandId: id }))
    .output(z.object({})),
  /** Takes a removal back. Refused with `bad-input` when the account is followed again under another id. */
  restore: call(operate)
    .input(z.object({ watchId: id, commandId: id }))
    .output(watch),
  /** Puts the account first in line; the shared budget still decides when. */
  checkSoon: call(operate)
    .input(z.object({ watchId: id, commandId: id }))
    .output(z.object({ nextCheckAt: z.number().int() })),
  /** Asks the platform now, step by step, within the budget. Changes nothing that is stored. */
  test: call(operate)
    .input(z.object({ text: z.string().min(1).max(500), platform: z.enum(watchPlatforms).default('tiktok') }))
    .output(
      z.object({
        handle: z.string(),
        state: z.enum(watchStates),
        reason: z.string(),
        steps: z.array(resolverStep),
        /** When the platform may be asked again; null when at once. */
        retryAt: z.number().int().nullable(),
      }),
    ),
  /** Starts hearing an account whatever detection says; by room id or by stream address when the platform hides them. Idempotent while a capture of it runs. */
  capture: call(operate)
    .input(
      z.object({
        watchId: id,
        roomId: z
          .string()
          .regex(/^\d{1,30}$/)
          .optional(),
        streamUrl: z
          .url({ protocol: /^https?$/ })
          .max(4096)
          .optional(),
        commandId: id,
      }),
    )
    .output(z.object({ liveId: id })),
  /** Lives of an account, newest first. */
  lives: call(read)
    .input(z.object({ watchId: id, before: id.optional(), limit: z.number().int().min(1).max(500).default(50) }))
    .output(z.object({ items: z.array(live), next: id.nullable() })),
};
