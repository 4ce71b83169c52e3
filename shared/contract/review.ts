import { z } from 'zod';
import { id } from '../ids.ts';
import { alert, alertStatuses } from '../model/alert.ts';
import { decision, decisionReasons, decisionVerdicts, reviewItem, reviewItemDetail } from '../model/review.ts';
import { call } from './base.ts';

const readContent = { permission: 'read', personalData: true } as const;
const decide = { permission: 'decide', personalData: false } as const;

const page = { limit: z.number().int().min(1).max(500).default(100), cursor: z.string().max(200).optional() };

export const alerts = {
  /** Newest first. */
  list: call(readContent)
    .input(z.object({ status: z.enum(alertStatuses).optional(), liveId: id.optional(), ...page }))
    .output(z.object({ items: z.array(alert.extend({ text: z.string() })), next: z.string().nullable() })),
  get: call(readContent)
    .input(z.object({ alertId: id }))
    .output(alert.extend({ text: z.string() })),
};

export const review = {
  /** Pending: by lane, then highest score, then oldest. Decided: the most recent decision first. */
  queue: call(readContent)
    .input(z.object({ status: z.enum(['pending', 'decided']).default('pending'), ...page }))
    .output(z.object({ items: z.array(reviewItem), next: z.string().nullable(), pending: z.number().int() })),
  item: call(readContent)
    .input(z.object({ itemId: id }))
    .output(reviewItemDetail),
  /** Answers an item. `basedOn` is the version that was on screen: a newer one refuses with `already-decided`. */
  decide: call(decide)
    .input(
      z.object({
        itemId: id,
        verdict: z.enum(decisionVerdicts),
        reason: z.enum(decisionReasons).optional(),
        note: z.string().max(4000).optional(),
        /** With `action`: what the moderator states was done, in their own words. */
        statement: z.string().max(4000).optional(),
        /** With `action`: also end our capture of the live. */
        stopCapture: z.boolean().default(false),
        basedOn: z.number().int(),
        commandId: id,
      }),
    )
    .output(z.object({ decision, version: z.number().int() })),
  undo: call(decide)
    .input(z.object({ decisionId: id, commandId: id }))
    .output(z.object({ decision, version: z.number().int() })),
};
