import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { id } from '../ids.ts';
import { bands } from '../policy/risk.ts';
import {
  bankFields,
  conditionAnswer,
  keywordBank,
  replayNews,
  rule,
  ruleDefinition,
  ruleHit,
  ruleLimits,
  ruleVersion,
} from '../model/rule.ts';
import { hitOutcomes } from '../model/rule-cause.ts';
import { categories, targets } from '../model/verdict.ts';
import { call } from './base.ts';

const read = { permission: 'read', personalData: false } as const;
const readContent = { permission: 'read', personalData: true } as const;
const operate = { permission: 'operate', personalData: false } as const;

const named = z.object({ ruleId: id, commandId: id });
const version = z.number().int().positive();
const done = z.enum(['added', 'changed', 'same']);

/** Rules that people write over banks of words: what raises an alert by itself, without a model and without a network. */
export const rules = {
  /** By name. */
  list: call(read).output(z.object({ items: z.array(rule) })),
  get: call(read)
    .input(z.object({ ruleId: id }))
    .output(z.object({ rule, versions: z.array(ruleVersion) })),
  /** Made as a draft: nothing of it runs. Refused with `rules-unusable`, `name-taken`. */
  create: call(operate)
    .input(z.object({ definition: ruleDefinition, commandId: id }))
    .output(rule),
  /** Writes a new version; the one that runs goes on. Refused with `rule-changed` when somebody wrote one since `basedOn`. */
  change: call(operate)
    .input(named.extend({ definition: ruleDefinition, basedOn: version }))
    .output(rule),
  /** Writes an earlier version again, as the newest one. */
  restoreVersion: call(operate)
    .input(named.extend({ version, basedOn: version }))
    .output(rule),
  /**
   * This version runs from here on: `shadow` counts what it would do, `active` does it. `active` is refused with `rule-not-replayed` unless a
   * whole `replay` of the same words and conditions came to its end since the engine started.
   */
  enable: call(operate)
    .input(named.extend({ version, state: z.enum(['shadow', 'active']) }))
    .output(rule),
  disable: call(operate).input(named).output(rule),
  /** It runs no more; what it raised stays. */
  remove: call(operate).input(named).output(z.object({})),
  /** Takes a removal back, as a draft. */
  restore: call(operate).input(named).output(rule),
  /** How a rule answers of a text that somebody typed, condition by condition. Nothing is kept. */
  try: call(read)
    .input(
      z.object({
        definition: ruleDefinition,
        text: z.string().max(4000),
        /** What was said just before. */
        before: z.string().max(4000).default(''),
        language: z.string().max(8).default('auto'),
        account: z.string().max(100).nullable().default(null),
        caseId: id.nullable().default(null),
      }),
    )
    .output(
      z.object({
        matches: z.boolean(),
        answers: z.array(z.array(conditionAnswer)),
        category: z.enum(categories),
        target: z.enum(targets).nullable(),
        band: z.enum(bands),
      }),
    ),
  /**
   * Tries a rule on everything that was heard (or on one live), the newest live first: figures as they grow, the first 500 segments that it
   * matches, and at last `end`. Writes nothing. Ends with the call.
   */
  replay: call(readContent)
    .input(
      z.object({
        of: z.union([z.object({ ruleId: id, version: version.optional() }), z.object({ definition: ruleDefinition })]),
        liveId: id.optional(),
      }),
    )
    .output(eventIterator(replayNews)),
  /** Segments that a rule matched while it ran, the newest first. */
  hits: call(readContent)
    .input(z.object({ ruleId: id, before: id.optional(), limit: z.number().int().min(1).max(500).default(100) }))
    .output(
      z.object({
        items: z.array(
          ruleHit.extend({ id, version: z.number().int(), outcome: z.enum(hitOutcomes), at: z.number().int() }),
        ),
        next: id.nullable(),
      }),
    ),
  banks: call(read).output(z.object({ items: z.array(keywordBank) })),
  createBank: call(operate)
    .input(z.object({ fields: bankFields, commandId: id }))
    .output(keywordBank),
  /** Rules that ask for it get a new version with the new words; what runs goes on with the old ones until that version is enabled. */
  changeBank: call(operate)
    .input(z.object({ bankId: id, fields: bankFields, basedOn: version, commandId: id }))
    .output(keywordBank),
  /** Refused with `bank-in-use`. */
  removeBank: call(operate)
    .input(z.object({ bankId: id, commandId: id }))
    .output(z.object({})),
  restoreBank: call(operate)
    .input(z.object({ bankId: id, commandId: id }))
    .output(keywordBank),
  /** Banks and rules as YAML (docs/rules.md); `ruleIds` absent: all of them. */
  export: call(read)
    .input(z.object({ ruleIds: z.array(id).optional() }))
    .output(z.object({ text: z.string() })),
  /**
   * Takes in banks and rules, all or none. What has a name that is known becomes a new version of it; nothing is enabled. Refused with
   * `rules-unusable`, which names each place.
   */
  import: call(operate)
    .input(z.object({ text: z.string().max(ruleLimits.fileChars), commandId: id }))
    .output(
      z.object({
        rules: z.array(z.object({ id, name: z.string(), done })),
        banks: z.array(z.object({ id, name: z.string(), done })),
      }),
    ),
};
