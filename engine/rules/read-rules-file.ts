import { type Document, isMap, isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { VigieError } from '#shared/errors.ts';
import {
  bankFields,
  type BankFields,
  ruleCondition,
  type RuleCondition,
  ruleEffects,
  type RuleDefinition,
} from '#shared/model/rule.ts';
import type { RuleProblem } from '#shared/model/rule-problem.ts';
import { lanes } from '#shared/policy/alerting.ts';
import type { Found } from './compile-rule.ts';

export const fileFormat = 'vigie-rules/1';

export type Path = readonly (string | number)[];
export type FileRule = Omit<RuleDefinition, 'blocks'> & { blocks: FileCondition[][]; path: Path };
export type FileBank = BankFields & { path: Path };
/** A condition that names its bank and its cases, which have other ids on another laptop. */
export type FileCondition = RuleCondition & { path: Path; bank?: string; cases?: string[] };

export type RulesFile = {
  banks: FileBank[];
  rules: FileRule[];
  /** Says what is wrong at a place of the file. */
  found(path: Path, problem: RuleProblem, detail: string): Found;
};

const words = z.union([z.string().transform((one) => [one]), z.array(z.coerce.string())]);
const anId = '00000000-0000-7000-8000-000000000000';
/** The fields of a condition in the file, and what each becomes; a bank and cases get their ids later. */
const kinds = {
  words: (value: unknown) => ({ kind: 'words', terms: value }),
  bank: () => ({ kind: 'bank', bankId: anId }),
  regex: (value: unknown) => ({ kind: 'regex', pattern: Array.isArray(value) ? value[0] : value }),
  category: (value: unknown) => ({ kind: 'category', categories: value }),
  target: (value: unknown) => ({ kind: 'target', targets: value }),
  band: (value: unknown) => ({ kind: 'band', atLeast: Array.isArray(value) ? value[0] : value }),
  account: (value: unknown) => ({ kind: 'account', accounts: value }),
  case: () => ({ kind: 'case', caseIds: [anId] }),
  language: (value: unknown) => ({ kind: 'language', languages: value }),
};

const fileSchema = z.strictObject({
  format: z.literal(fileFormat),
  banks: z
    .array(
      z.strictObject({
        name: z.string(),
        language: z.string().nullable().default(null),
        words: z.array(z.coerce.string()),
      }),
    )
    .default([]),
  rules: z
    .array(
      z.strictObject({
        name: z.string(),
        note: z.string().default(''),
        raises: z.enum(ruleEffects).default('alert'),
        lane: z.enum(lanes).default('normal'),
        when: z.array(z.record(z.string(), z.unknown())).min(1),
      }),
    )
    .default([]),
});

/** Reads banks and rules from YAML (docs/rules.md). @throws VigieError `rules-unusable` with every place that is wrong, 20 at most */
export function readRulesFile(text: string): RulesFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems: Found[] = [];
  const lineAt = (offset: number) => lines.linePos(offset).line;

  function found(path: Path, problem: RuleProblem, detail: string): Found {
    // A key that is missing has no line: that of what it is missing from.
    for (let length = path.length; length > 0; length--) {
      const node: unknown = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return { where: written(path), line: lineAt(node.range[0]), problem, detail };
    }
    return { where: written(path), line: null, problem, detail };
  }
  const report = (path: Path, issues: readonly z.core.$ZodIssue[]) => {
    for (const issue of issues) {
      const at = [...path, ...(issue.path as (string | number)[])];
      if (issue.code === 'unrecognized_keys')
        for (const key of issue.keys) problems.push(found([...at, key], 'unknown-key', key));
      else problems.push(found(at, at.join('.') === 'format' ? 'format' : 'value', expected(issue)));
    }
  };
  const stopIfWrong = () => {
    if (problems.length > 0) throw new VigieError('rules-unusable', { problems: problems.slice(0, 20) });
  };

  // What follows the first one is its consequence.
  for (const error of document.errors.slice(0, 1))
    problems.push({ where: '', line: lineAt(error.pos[0]), problem: 'yaml', detail: error.code });
  stopIfWrong();
  if (!isMap(document.contents)) problems.push({ where: '', line: 1, problem: 'format', detail: fileFormat });
  stopIfWrong();
  const checked = fileSchema.safeParse(valueOf(document));
  if (!checked.success) report([], checked.error.issues);
  stopIfWrong();
  const file = checked.data!;

  function conditionOf(raw: unknown, path: Path, not: boolean): FileCondition[] {
    const given = z.record(z.string(), z.unknown()).safeParse(raw);
    if (!given.success) {
      problems.push(found(path, 'value', Object.keys(kinds).join(' | ')));
      return [];
    }
    if (!not && 'not' in given.data && Object.keys(given.data).length === 1)
      return conditionOf(given.data['not'], [...path, 'not'], true);
    const { disguised, ...asked } = given.data;
    const [kind, ...others] = Object.keys(asked);
    if (kind === undefined || !Object.hasOwn(kinds, kind) || others.length > 0) {
      const wrong = [kind ?? '', ...others].find((key) => !Object.hasOwn(kinds, key)) ?? others[0] ?? '';
      problems.push(found([...path, ...(wrong === '' ? [] : [wrong])], 'unknown-key', wrong));
      return [];
    }
    const value = words.safeParse(asked[kind]);
    if (!value.success) {
      problems.push(found([...path, kind], 'value', 'string | list'));
      return [];
    }
    const made = kinds[kind as keyof typeof kinds](value.data);
    const condition = ruleCondition.safeParse({ ...made, ...(disguised === undefined ? {} : { disguised }), not });
    if (!condition.success) {
      report(
        [...path, kind],
        condition.error.issues.map((issue) => ({ ...issue, path: issue.path.slice(1) })),
      );
      return [];
    }
    return [
      {
        ...condition.data,
        path: [...path, kind],
        ...(kind === 'bank' ? { bank: value.data[0] ?? '' } : {}),
        ...(kind === 'case' ? { cases: value.data } : {}),
      },
    ];
  }

  const banks = file.banks.map(({ words: terms, ...bank }, index) => ({ ...bank, terms, path: ['banks', index] }));
  for (const bank of banks) {
    const checked = bankFields.safeParse(bank);
    if (!checked.success)
      report(
        bank.path,
        checked.error.issues.map((one) => ({ ...one, path: one.path.map((key) => (key === 'terms' ? 'words' : key)) })),
      );
  }
  const rules = file.rules.map(({ when, raises: effect, ...rule }, index): FileRule => {
    const path = ['rules', index];
    const blocks = when.map((block, at) => {
      const here = [...path, 'when', at];
      if (!('any' in block)) return conditionOf(block, here, false);
      const any = z.array(z.unknown()).min(1).safeParse(block['any']);
      for (const key of Object.keys(block)) if (key !== 'any') problems.push(found([...here, key], 'unknown-key', key));
      if (!any.success) problems.push(found([...here, 'any'], 'value', 'list'));
      return (any.data ?? []).flatMap((one, which) => conditionOf(one, [...here, 'any', which], false));
    });
    return { ...rule, effect, blocks, path };
  });
  stopIfWrong();
  return { banks: banks.map((bank) => ({ ...bankFields.parse(bank), path: bank.path })), rules, found };
}

/** Aliases that multiply or lead nowhere are thrown by the parser instead of reported. */
function valueOf(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 20 });
  } catch (cause) {
    if (!(cause instanceof ReferenceError)) throw cause;
    const problem = { where: '', line: null, problem: 'yaml' as const, detail: 'ALIAS' };
    throw new VigieError('rules-unusable', { problems: [problem] }, { cause });
  }
}

/** `rules[1].when[0].words` */
function written(path: Path): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');
}

/** What would have been right, in words that need no translation. */
function expected(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value':
      return issue.values.map(String).join(' | ');
    case 'invalid_type':
      return issue.expected === 'array' ? 'list' : issue.expected;
    case 'too_big':
      return `≤ ${issue.maximum}`;
    case 'too_small':
      return `≥ ${issue.minimum}`;
    default:
      return issue.code;
  }
}
