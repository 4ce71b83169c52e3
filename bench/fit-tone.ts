/**
 * Fits the weights of the embedded analyser's tone (resources/policies/tone.yml) on labelled cases, and says how good it is on
 * templates that it was not fitted on.
 * Usage: node bench/fit-tone.ts [--write] [--show=<functionality>] [--weights] <cases.csv>...
 *   <cases.csv>   HateCheck-shaped files (engine/evaluations/read-cases.ts); the language is in the name: hatecheck-fr-..., en-A.csv.
 * The project's own spoken cases are always among the examples. Every template weighs the same, however many groups it was filled with.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { rulesSay } from '../engine/analyse/embedded/combine.ts';
import { see } from '../engine/analyse/embedded/judge.ts';
import { loadPolicies } from '../engine/analyse/embedded/load-policy.ts';
import { toneOf } from '../engine/analyse/embedded/tone.ts';
import type { RulesSay } from '../engine/analyse/embedded/weigh.ts';
import { readCases } from '../engine/evaluations/read-cases.ts';
import { scoreAnswers } from '../engine/evaluations/score.ts';
import { fitLogistic, probability, type Example, type Logistic } from './support/logistic.ts';

const folds = 10;
const ridge = 0.002;
const thresholds: Record<RulesSay, number> = { attack: 0.4, nothing: 0.5, excused: 0.95 };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean' }, show: { type: 'string' }, weights: { type: 'boolean' } },
});
const resources = join(import.meta.dirname, '..', 'resources');
const { policies } = loadPolicies(resources);

type Case = Example & {
  decided: ReadonlySet<string>;
  file: string;
  group: string;
  functionality: string;
  text: string;
  rules: RulesSay;
};

function caseOf(language: 'fr' | 'en', text: string): Pick<Case, 'features' | 'decided' | 'rules' | 'text'> {
  const seen = see(policies[language], text, []);
  const [features, decided] = [false, true].map((trusting) => toneOf(seen, { trusting }).tally) as [
    Set<string>,
    Set<string>,
  ];
  return { text, features, decided, rules: rulesSay(seen) };
}

function labelled(path: string): Case[] {
  const file = basename(path, '.csv');
  const language = /(^|[^a-z])fr([^a-z]|$)/.test(file) ? 'fr' : 'en';
  return readCases(readFileSync(path, 'utf8')).map((one) => ({
    ...caseOf(language, one.text),
    file,
    positive: one.hateful,
    functionality: one.functionality,
    group: `${file}:${one.functionality}:${one.template}`,
    weight: 1,
  }));
}

function spoken(): Case[] {
  const path = join(import.meta.dirname, '..', 'engine', 'analyse', 'embedded', 'spoken-cases.yml');
  const all: Record<'fr' | 'en', Record<string, string>> = parse(readFileSync(path, 'utf8'));
  return (['fr', 'en'] as const).flatMap((language) =>
    Object.entries(all[language]).flatMap(([category, lines]) =>
      lines
        .trim()
        .split('\n')
        .map((line, at) => ({
          ...caseOf(language, line),
          file: `spoken-${language}`,
          positive: category === 'haineux',
          functionality: category,
          group: `spoken-${language}:${category}:${at}`,
          weight: 1,
        })),
    ),
  );
}

const cases = [...positionals.flatMap(labelled), ...spoken()];
const perGroup = Map.groupBy(cases, ({ group }) => group);
for (const one of cases) one.weight = 1 / (perGroup.get(one.group)?.length ?? 1);

const groups = [...perGroup.keys()];
// Neighbouring templates are alike, so each goes into another fold; the order is that of the files, the same every time.
const foldOf = new Map(groups.map((group, at) => [group, at % folds]));
const held = new Map<Case, { tone: number; both: number }>();
for (let fold = 0; fold < folds; fold++) {
  const model = fitLogistic(
    cases.filter(({ group }) => foldOf.get(group) !== fold),
    ridge,
  );
  for (const one of cases) {
    if (foldOf.get(one.group) !== fold) continue;
    held.set(one, { tone: probability(model, one.features), both: probability(model, one.decided) });
  }
}

const says = (one: Case, use: 'both' | 'tone'): boolean =>
  (held.get(one)?.[use] ?? 0) >= (use === 'both' ? thresholds[one.rules] : 0.5);
const percent = (share: number | null): string => (share === null ? '-' : `${(share * 100).toFixed(1)} %`);
for (const [file, some] of Map.groupBy(cases, (one) => one.file)) {
  for (const use of ['tone', 'both'] as const) {
    const answers = some.map((one, line) => ({
      line, caseId: '', template: one.group, text: one.text, functionality: one.functionality, hateful: one.positive, said: says(one, use), judged: true, tookUs: 0,
    })); // prettier-ignore
    const figures = scoreAnswers(answers);
    console.log(
      `${file} ${use}: ${JSON.stringify(figures, (key, value: unknown) => (key === 'functionalities' || key === 'perFunctionality' ? undefined : value))}`,
    );
  }
}
console.log('\nby functionality, held out, rules and tone together:');
for (const [functionality, some] of Map.groupBy(cases, (one) => one.functionality)) {
  const parts = [...Map.groupBy(some, (one) => one.file)].map(([file, ones]) => {
    const right = ones.filter((one) => says(one, 'both') === one.positive).length;
    return `${file} ${percent(right / ones.length)}`;
  });
  console.log(`  ${functionality.padEnd(22)} ${parts.join('   ')}`);
}
if (values.show) {
  const seen = new Set<string>();
  for (const one of cases.filter(({ functionality, file }) => functionality === values.show || file === values.show)) {
    if (says(one, 'tone') === one.positive || seen.has(one.group)) continue;
    seen.add(one.group);
    console.log(
      `\n${one.group} p=${(held.get(one)?.both ?? 0).toFixed(2)} rules=${one.rules} hateful=${one.positive}\n  ${one.text}`,
    );
    console.log(`  ${[...one.features].join(' ')}`);
  }
}

const model = fitLogistic(cases, ridge);
if (values.weights)
  for (const [name, weight] of byWeight(model)) console.log(`${weight.toFixed(2).padStart(6)} ${name}`);
if (values.write) writeFileSync(join(resources, 'policies', 'tone.yml'), fileOf(model));

function byWeight({ weights }: Logistic): [string, number][] {
  return Object.entries(weights).sort(([, a], [, b]) => b - a);
}

function fileOf(fitted: Logistic): string {
  const lines = byWeight(fitted).filter(([, weight]) => Math.abs(weight) >= 0.01);
  return [
    '# What each feature of tone weighs: written by bench/fit-tone.ts, not by hand. engine/analyse/embedded/README.md explains it.',
    'version: tone-1',
    '# From which probability on a text is hateful, by what the rules say of it.',
    `thresholds: { attack: ${thresholds.attack}, nothing: ${thresholds.nothing}, excused: ${thresholds.excused} }`,
    `bias: ${fitted.bias.toFixed(3)}`,
    'weights:',
    ...lines.map(([name, weight]) => `  '${name}': ${weight.toFixed(3)}`),
    '',
  ].join('\n');
}
