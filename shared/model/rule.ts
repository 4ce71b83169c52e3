import { z } from 'zod';
import { id } from '../ids.ts';
import { lanes } from '../policy/alerting.ts';
import { bands } from '../policy/risk.ts';
import { alertStatuses } from './alert.ts';
import { ruleQuote } from './rule-cause.ts';
import { categories, targets } from './verdict.ts';

/** Most terms of one condition, of one bank; longest term and pattern, in characters. */
export const ruleLimits = {
  conditionTerms: 200,
  bankTerms: 2000,
  termChars: 80,
  termWords: 10,
  patternChars: 300,
  nameChars: 80,
  noteChars: 1000,
  blocks: 20,
  conditions: 20,
  /** Of a file with banks and rules: it travels as one message. */
  fileChars: 600_000,
} as const;

const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}]+$/u);

/** A word, or words in a row; `*` at a word's end: whatever goes on from there. Case and accents do not matter. */
const term = line(ruleLimits.termChars);
const asked = { not: z.boolean().default(false) };
/** Also as it is written to slip through: digits and signs for letters, letters drawn out or apart. */
const disguised = z.boolean().default(false);

/** One question about a segment. What is asked of the verdict is asked of the embedded analyser's, which is always there. */
export const ruleCondition = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('words'),
    terms: z.array(term).min(1).max(ruleLimits.conditionTerms),
    disguised,
    ...asked,
  }),
  z.object({ kind: z.literal('bank'), bankId: id, disguised, ...asked }),
  /** RE2 syntax, whatever the case; over the text without accents. */
  z.object({ kind: z.literal('regex'), pattern: line(ruleLimits.patternChars), ...asked }),
  z.object({ kind: z.literal('category'), categories: z.array(z.enum(categories)).min(1), ...asked }),
  z.object({ kind: z.literal('target'), targets: z.array(z.enum(targets)).min(1), ...asked }),
  /** This band or a higher one. */
  z.object({ kind: z.literal('band'), atLeast: z.enum(bands), ...asked }),
  z.object({ kind: z.literal('account'), accounts: z.array(line(100)).min(1).max(200), ...asked }),
  z.object({ kind: z.literal('case'), caseIds: z.array(id).min(1).max(50), ...asked }),
  z.object({
    kind: z.literal('language'),
    languages: z
      .array(z.string().regex(/^[a-z]{2,3}$/))
      .min(1)
      .max(20),
    ...asked,
  }),
]);
export type RuleCondition = z.infer<typeof ruleCondition>;

/** alert: raises one · mark: only keeps that it matched. */
export const ruleEffects = ['alert', 'mark'] as const;
export type RuleEffect = (typeof ruleEffects)[number];

export const ruleDefinition = z.object({
  name: line(ruleLimits.nameChars),
  note: z.string().trim().max(ruleLimits.noteChars).default(''),
  /** Every block must hold; a block holds when one of its conditions does. */
  blocks: z.array(z.array(ruleCondition).min(1).max(ruleLimits.conditions)).min(1).max(ruleLimits.blocks),
  effect: z.enum(ruleEffects).default('alert'),
  /** Lane of the review queue that its alerts go to. */
  lane: z.enum(lanes).default('normal'),
});
export type RuleDefinition = z.infer<typeof ruleDefinition>;

/** draft: nothing of it runs · shadow: what it would do is counted, nothing is raised · active. */
export const ruleStates = ['draft', 'shadow', 'active'] as const;
export type RuleState = (typeof ruleStates)[number];

/** A rule as it was last written, and the version of it that runs: what is written does not run until somebody says so. */
export const rule = z.object({
  id,
  state: z.enum(ruleStates),
  version: z.number().int().positive(),
  /** SHA-256 of what decides whether it matches and what follows, the words of its banks included. */
  hash: z.string(),
  definition: ruleDefinition,
  by: z.string(),
  changedAt: z.number().int(),
  createdAt: z.number().int(),
  /** Null while it is a draft. `hits`: segments that it matched since it runs in this way. */
  running: z
    .object({
      version: z.number().int().positive(),
      hash: z.string(),
      since: z.number().int(),
      hits: z.number().int(),
      lastHitAt: z.number().int().nullable(),
    })
    .nullable(),
  removed: z.boolean(),
});
export type Rule = z.infer<typeof rule>;

/** What of a bank a version of a rule was made with. */
export const bankContent = z.object({
  id,
  name: z.string(),
  version: z.number().int().positive(),
  terms: z.array(z.string()),
});
export type BankContent = z.infer<typeof bankContent>;

export const ruleVersion = z.object({
  version: z.number().int().positive(),
  hash: z.string(),
  definition: ruleDefinition,
  banks: z.array(bankContent),
  by: z.string(),
  at: z.number().int(),
});
export type RuleVersion = z.infer<typeof ruleVersion>;

export const bankFields = z.object({
  name: line(ruleLimits.nameChars),
  /** What its words are written in; for people, it restricts nothing. */
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/)
    .nullable()
    .default(null),
  terms: z.array(term).min(1).max(ruleLimits.bankTerms),
});
export type BankFields = z.infer<typeof bankFields>;

/** Words that several rules share. `usedBy`: rules whose newest version asks for it. */
export const keywordBank = bankFields.extend({
  id,
  version: z.number().int().positive(),
  by: z.string(),
  changedAt: z.number().int(),
  usedBy: z.number().int(),
});
export type KeywordBank = z.infer<typeof keywordBank>;

/** A segment that a rule matches, or would have. */
export const ruleHit = z.object({
  segmentId: id,
  liveId: id,
  liveTitle: z.string(),
  account: z.string().nullable(),
  number: z.number().int(),
  startMs: z.number().int(),
  text: z.string(),
  quotes: z.array(ruleQuote),
  /** Status of the alert that the segment has; null: none. */
  alert: z.enum(alertStatuses).nullable(),
});
export type RuleHit = z.infer<typeof ruleHit>;

/** How a condition answers of one text: at all, by words that end in it, and by what was said before it alone. */
export const conditionAnswer = z.object({
  met: z.boolean(),
  fresh: z.boolean(),
  before: z.boolean(),
  quotes: z.array(ruleQuote),
});
export type ConditionAnswer = z.infer<typeof conditionAnswer>;

/** Segments looked at of those to look at, and how many of them match; `already`: of these, how many have an alert. */
const replayFigures = {
  done: z.number().int(),
  total: z.number().int(),
  matched: z.number().int(),
  already: z.number().int(),
};

export const replayNews = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), ...replayFigures }),
  z.object({ type: z.literal('hit'), hit: ruleHit }),
  z.object({ type: z.literal('end'), ...replayFigures, lives: z.number().int(), hash: z.string() }),
]);
export type ReplayNews = z.infer<typeof replayNews>;
