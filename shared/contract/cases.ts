import { z } from 'zod';
import { id } from '../ids.ts';
import { caseFields, moderationCase } from '../model/case.ts';
import { call } from './base.ts';

const read = { permission: 'read', personalData: true } as const;
const operate = { permission: 'operate', personalData: false } as const;

/** Why lives are listened to: purpose, ground, expiry; and what their recogniser should expect. */
export const cases = {
  /** Newest first; closed ones only when asked for. */
  list: call(read)
    .input(z.object({ closed: z.boolean().default(false) }))
    .output(z.object({ items: z.array(moderationCase) })),
  get: call(read)
    .input(z.object({ caseId: id }))
    .output(moderationCase),
  create: call(operate)
    .input(
      caseFields
        .partial({ purpose: true, legalBasis: true, expiresAt: true, glossary: true, remoteSpeech: true })
        .extend({ commandId: id }),
    )
    .output(moderationCase),
  change: call(operate)
    .input(z.object({ caseId: id, patch: caseFields.partial(), commandId: id }))
    .output(moderationCase),
  /** Closed: takes no new live, and nothing of it is sent away. Its lives stay. Can be taken back. */
  close: call(operate)
    .input(z.object({ caseId: id, closed: z.boolean(), commandId: id }))
    .output(moderationCase),
  /** Puts a live into a case, or out of any. What is written down from here on uses its glossary. */
  assign: call(operate)
    .input(z.object({ liveId: id, caseId: id.nullable(), commandId: id }))
    .output(z.object({})),
};
