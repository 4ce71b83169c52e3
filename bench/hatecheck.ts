/**
 * Measures the embedded analyser on a HateCheck-shaped CSV (`case_id, functionality, test_case, label_gold, target_ident,
 * templ_id`): accuracy, macro-F1, recall on hateful, specificity on non-hateful, a table per functionality, time per case.
 * Usage: node bench/hatecheck.ts <cases.csv> <fr|en> [--misses]. The CSV files are not part of the project.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openEmbeddedAnalyser } from '../engine/analyse/embedded/index.ts';

/** RFC 4180: quoted fields, doubled quotes, line ends inside quotes. */
function parseCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end !== ',') rows.push([]);
  }
  const [header = [], ...body] = rows.filter((row) => row.some((field) => field !== ''));
  return body.map((row) => Object.fromEntries(header.map((name, i) => [name.replace(/^\uFEFF/, ''), row[i] ?? ''])));
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { misses: { type: 'boolean', default: false } },
});
const [path, language] = positionals;
if (!path || !language) {
  console.error('usage: node bench/hatecheck.ts <cases.csv> <fr|en> [--misses]');
  process.exit(2);
}

const analyser = openEmbeddedAnalyser({ resourcesDir: join(import.meta.dirname, '..', 'resources') });
const cases = parseCsv(readFileSync(path, 'utf8')).map((row) => ({
  row,
  text: row.test_case ?? '',
  hateful: row.label_gold === 'hateful',
}));
for (const { text } of cases) analyser.judge(text, { language });
const startNs = process.hrtime.bigint();
const judged = cases.map((one) => ({ ...one, judgement: analyser.judge(one.text, { language }) }));
const perCaseUs = Number(process.hrtime.bigint() - startNs) / 1000 / cases.length;

const count = (hateful: boolean, said: boolean): number =>
  judged.filter((one) => one.hateful === hateful && one.judgement.hate === said).length;
const f1 = (hits: number, falseAlarms: number, misses: number): number =>
  (2 * hits) / (2 * hits + falseAlarms + misses);
const [hit, miss, alarm, quiet] = [count(true, true), count(true, false), count(false, true), count(false, false)];
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

console.log(
  `${analyser.model} ${analyser.version} ${analyser.hash.slice(0, 12)}  ${cases.length} cases  ${perCaseUs.toFixed(0)} us a case`,
);
console.log(
  `accuracy ${percent((hit + quiet) / cases.length)}  macro-F1 ${((f1(hit, alarm, miss) + f1(quiet, miss, alarm)) / 2).toFixed(3)}  ` +
    `recall ${percent(hit / (hit + miss))}  specificity ${percent(quiet / (quiet + alarm))}`,
);
for (const functionality of [...new Set(judged.map(({ row }) => row.functionality ?? ''))].sort()) {
  const of = judged.filter(({ row }) => row.functionality === functionality);
  const right = of.filter((one) => one.judgement.hate === one.hateful).length;
  console.log(
    `  ${functionality.padEnd(20)} ${String(right).padStart(4)} / ${String(of.length).padEnd(4)} ${percent(right / of.length)}`,
  );
}
if (values.misses) {
  for (const { row, text, hateful, judgement } of judged) {
    if (judgement.hate === hateful) continue;
    console.log(
      `${hateful ? 'missed' : 'alarm '} ${row.functionality} ${row.templ_id} | ${text} | ${judgement.reasons.map(({ rule, quote }) => `${rule}: ${quote}`).join(' ; ')}`,
    );
  }
}
