/**
 * Runs the benchmarks of this folder one after another and prints their tables as Markdown.
 * `npm run bench -- [name...] [--out FILE]`: only the named files (`feed`, `store`, ...); also write the report to FILE.
 * A benchmark is a file that exports `async function bench...(): Promise<{ name, rows, summary? }>`; every row has the same keys. What
 * the summaries say is one table at the end. `npm run bench:speech`: those of speech, a quarter of an hour.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

type Rows = Record<string, string | number>[];
type Report = { name: string; rows: Rows; summary?: Rows };

/** In this order: the shortest first, so that something is there when it is cut off. */
const speech = ['windows', 'padding', 'latency', 'flatness', 'capacity'];

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string' }, speech: { type: 'boolean', default: false } },
});
if (values.speech) positionals.unshift(...speech);

/** Programs of this folder that are no benchmark must not be loaded: they would start. */
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== path.basename(import.meta.filename))
  .filter((file) => /^export async function bench/m.test(readFileSync(path.join(import.meta.dirname, file), 'utf8')))
  .map((file) => file.slice(0, -'.ts'.length));
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(', ')}; there are: ${names.join(', ')}`);
  process.exit(2);
}

const lines: string[] = [];
const print = (line: string) => {
  console.log(line);
  lines.push(line);
};
const gib = (totalmem() / 2 ** 30).toFixed(0);
print('# Benchmarks');
print('');
const command = values.speech ? 'bench:speech' : `bench${positionals.length > 0 ? ` -- ${positionals.join(' ')}` : ''}`;
print(`- command: \`npm run ${command}\``);
print(
  `- machine: ${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, ${gib} GiB, ${process.platform} ${release()}`,
);
print(
  `- Node ${process.version}, ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, load of the last minute ${loadavg()[0]!.toFixed(1)}`,
);

let failed = 0;
const summary: Rows = [];
for (const name of positionals.length > 0 ? positionals : names) {
  const module = (await import(`./${name}.ts`)) as Record<string, unknown>;
  for (const [key, value] of Object.entries(module)) {
    if (!key.startsWith('bench') || typeof value !== 'function') continue;
    const startMs = performance.now();
    try {
      const report = await (value as () => Promise<Report>)();
      print(`\n## ${report.name}\n`);
      for (const line of table(report.rows)) print(line);
      summary.push(...(report.summary ?? []));
      print(`\n(\`npm run bench -- ${name}\`, ${((performance.now() - startMs) / 1000).toFixed(1)} s)`);
    } catch (error) {
      failed += 1;
      print(`\n## ${name}: failed\n`);
      console.error(error);
    }
  }
}
if (summary.length > 0) {
  print('\n## Summary\n');
  for (const line of table(summary)) print(line);
}
if (values.out) writeFileSync(values.out, `${lines.join('\n')}\n`);
process.exitCode = failed === 0 ? 0 : 1;

/** A Markdown table whose columns also line up for the eye; numbers to the right. */
function table(rows: Rows): string[] {
  const columns = Object.keys(rows[0] ?? {});
  const cells = rows.map((row) => columns.map((column) => figure(row[column])));
  const widths = columns.map((column, index) => Math.max(column.length, ...cells.map((row) => row[index]!.length)));
  const isNumber = columns.map((column) => rows.every((row) => typeof row[column] === 'number'));
  const line = (parts: string[]) =>
    `| ${parts.map((part, index) => (isNumber[index] ? part.padStart(widths[index]!) : part.padEnd(widths[index]!))).join(' | ')} |`;
  const rule = `|${widths.map((width, index) => `${'-'.repeat(width + 1)}${isNumber[index] ? ':' : '-'}`).join('|')}|`;
  return [line(columns), rule, ...cells.map(line)];
}

function figure(value: string | number | undefined): string {
  if (typeof value !== 'number') return value ?? '';
  return value.toLocaleString('en-US', { maximumFractionDigits: 3 });
}
