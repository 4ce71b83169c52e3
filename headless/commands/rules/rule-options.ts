import type { Command } from 'commander';
import type { EngineClient } from '#shared/contract/index.ts';
import { VigieError } from '#shared/errors.ts';
import type { RuleCondition, RuleDefinition } from '#shared/model/rule.ts';
import { categories, targets } from '#shared/model/verdict.ts';
import { type Lane, lanes } from '#shared/policy/alerting.ts';
import { type Band, bands } from '#shared/policy/risk.ts';
import type { Say } from '../../i18n/index.ts';
import { findCase } from '../cases/find-case.ts';
import { option } from '../registrar.ts';
import { oneOf } from '../values.ts';

export type RuleOptions = {
  words?: string[][];
  notWords?: string[][];
  bank?: string[][];
  regex?: string[];
  notRegex?: string[];
  category?: (typeof categories)[number][][];
  target?: (typeof targets)[number][][];
  band?: Band;
  account?: string[][];
  case?: string[];
  spoken?: string[][];
  disguised?: boolean;
  lane: Lane;
  mark?: boolean;
  note?: string;
};

/** What a rule asks for: each option is a block that must hold, each of its values one way to hold it. */
export function withRuleOptions(say: Say, command: Command): Command {
  const listed = (flags: string, key: string) => option(say, flags, key).argParser(collected(list));
  const known = <const T extends string>(flags: string, key: string, name: string, choices: readonly T[]) => {
    const one = oneOf(say, name, choices);
    return option(say, flags, key).argParser(collected((value) => list(value).map(one)));
  };
  const whole = (flags: string, key: string) => option(say, flags, key).argParser(collected((value) => value));
  return command
    .addOption(listed('--words <words>', 'ruleWords'))
    .addOption(listed('--not-words <words>', 'ruleNotWords'))
    .addOption(listed('--bank <names>', 'ruleBank'))
    .addOption(whole('--regex <expression>', 'ruleRegex'))
    .addOption(whole('--not-regex <expression>', 'ruleNotRegex'))
    .addOption(known('--category <codes>', 'ruleCategory', '--category', categories))
    .addOption(known('--target <codes>', 'ruleTarget', '--target', targets))
    .addOption(option(say, '--band <band>', 'ruleBand', oneOf(say, '--band', bands)))
    .addOption(listed('--account <accounts>', 'ruleAccount'))
    .addOption(whole('--case <case>', 'ruleCase'))
    .addOption(listed('--spoken <codes>', 'ruleLanguage'))
    .addOption(option(say, '--disguised', 'ruleDisguised'))
    .addOption(option(say, '--lane <lane>', 'ruleLane', oneOf(say, '--lane', lanes), 'normal' as const))
    .addOption(option(say, '--mark', 'ruleMark'))
    .addOption(option(say, '--note <text>', 'ruleNote'));
}

/** The values of an option that may be given several times. */
function collected<T>(read: (value: string) => T): (value: string, before: T[] | undefined) => T[] {
  return (value, before = []) => [...before, read(value)];
}

const list = (value: string): string[] =>
  value
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** @throws VigieError `not-found` for a bank or a case that is not there */
export async function definitionFrom(
  client: EngineClient,
  name: string,
  options: RuleOptions,
): Promise<RuleDefinition> {
  const disguised = options.disguised ?? false;
  const words = (not: boolean) => (terms: string[]) => [{ kind: 'words' as const, terms, disguised, not }];
  const banks = options.bank === undefined ? [] : (await client.rules.banks()).items;
  const bankId = (typed: string) => {
    const found = banks.find((one) => one.id === typed || one.name.toLowerCase() === typed.toLowerCase());
    if (!found) throw new VigieError('not-found', { what: 'bank', id: typed });
    return found.id;
  };
  const caseIds: string[] = [];
  for (const typed of options.case ?? []) caseIds.push((await findCase(client, typed)).id);
  const {
    words: asked = [],
    notWords = [],
    bank = [],
    regex = [],
    notRegex = [],
    category = [],
    target = [],
  } = options;
  const plain = { not: false };
  const blocks: RuleCondition[][] = [
    ...asked.map(words(false)),
    ...bank.map((names) => names.map((one) => ({ kind: 'bank' as const, bankId: bankId(one), disguised, ...plain }))),
    ...regex.map((pattern) => [{ kind: 'regex' as const, pattern, ...plain }]),
    ...category.map((codes) => [{ kind: 'category' as const, categories: codes, ...plain }]),
    ...target.map((codes) => [{ kind: 'target' as const, targets: codes, ...plain }]),
    ...(options.band === undefined ? [] : [[{ kind: 'band' as const, atLeast: options.band, ...plain }]]),
    ...(options.account ?? []).map((accounts) => [{ kind: 'account' as const, accounts, ...plain }]),
    ...(caseIds.length === 0 ? [] : [[{ kind: 'case' as const, caseIds, ...plain }]]),
    ...(options.spoken ?? []).map((languages) => [{ kind: 'language' as const, languages, ...plain }]),
    ...notWords.map(words(true)),
    ...notRegex.map((pattern) => [{ kind: 'regex' as const, pattern, not: true }]),
  ];
  return { name, note: options.note ?? '', blocks, effect: options.mark ? 'mark' : 'alert', lane: options.lane };
}
