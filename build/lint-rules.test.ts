import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
let found: Map<string, string[]>;
let folder: string;

/** One breach a file: where it stands, what it does, and the rule that must object. */
const samples: [file: string, text: string, rule: string][] = [
  ['shared/a.ts', "import { readFileSync } from 'node:fs'; export const x = readFileSync;", 'no-restricted-imports'],
  ['shared/b.ts', "import { x } from '../engine/base/clock.ts'; export const y = x;", 'no-restricted-imports'],
  ['shared/c.ts', "import { x } from '#engine'; export const y = x;", 'no-restricted-imports'],
  ['shared/d.ts', 'export const x = () => Date.now();', 'no-restricted-properties'],
  ['shared/e.ts', "export const x = () => fetch('http://x');", 'no-restricted-globals'],
  [
    'engine/alerts/a.ts',
    "import { spawn } from 'node:child_process'; export const x = spawn;",
    'no-restricted-imports',
  ],
  [
    'engine/alerts/b.ts',
    "import { setTimeout } from 'node:timers/promises'; export const x = setTimeout;",
    'no-restricted-imports',
  ],
  ['engine/alerts/c.ts', "import { request } from 'undici'; export const x = request;", 'no-restricted-imports'],
  ['engine/alerts/d.ts', "import { app } from 'electron'; export const x = app;", 'no-restricted-imports'],
  ['engine/alerts/e.ts', "import { x } from '../../renderer/main.ts'; export const y = x;", 'no-restricted-imports'],
  ['engine/alerts/f.ts', "import { x } from '../../headless/serve.ts'; export const y = x;", 'no-restricted-imports'],
  ['engine/alerts/g.ts', 'export const x = () => Date.now();', 'no-restricted-properties'],
  ['engine/alerts/h.ts', 'export const x = () => setTimeout(() => undefined, 1);', 'no-restricted-globals'],
  ['engine/alerts/i.ts', "export const x = () => fetch('http://x');", 'no-restricted-globals'],
  ['engine/alerts/j.ts', "import { x } from '../../shared/errors.ts'; export const y = x;", 'no-restricted-imports'],
  ['engine/net/a.ts', "import { x } from '../../headless/serve.ts'; export const y = x;", 'no-restricted-imports'],
  ['renderer/a.ts', "import { x } from '#engine'; export const y = x;", 'no-restricted-imports'],
  ['renderer/b.ts', "import { x } from '../engine/index.ts'; export const y = x;", 'no-restricted-imports'],
  ['renderer/c.tsx', "import { readFileSync } from 'node:fs'; export const x = readFileSync;", 'no-restricted-imports'],
  ['renderer/d.ts', "import { ipcRenderer } from 'electron'; export const x = ipcRenderer;", 'no-restricted-imports'],
  ['headless/a.ts', "import { x } from '../engine/carriers/loopback.ts'; export const y = x;", 'no-restricted-imports'],
  ['headless/b.ts', "import { app } from 'electron'; export const x = app;", 'no-restricted-imports'],
  ['headless/deep/c.ts', "import { x } from '../../renderer/main.ts'; export const y = x;", 'no-restricted-imports'],
  ['electron/a.ts', "import { x } from '../engine/carriers/port.ts'; export const y = x;", 'no-restricted-imports'],
  [
    'engine/alerts/a.test.ts',
    "import { setTimeout } from 'node:timers/promises'; export const x = setTimeout;",
    'no-restricted-imports',
  ],
  ['engine/types/a.ts', 'async function f() { return 1; } export function g() { f(); }', 'no-floating-promises'],
  ['engine/types/b.ts', 'export const x = (y: any) => y;', 'no-explicit-any'],
  ['engine/types/c.ts', 'export const x = [1].filter(async () => true);', 'no-misused-promises'],
  ['engine/types/d.ts', "import { T } from './e.ts'; export const x = (y: T) => y;", 'consistent-type-imports'],
  ['engine/types/e.ts', 'export type T = 1; export const x = () => { try { JSON.parse("") } catch {} };', 'no-empty'],
  ['engine/types/f.ts', "import { b } from './g.ts'; export const a = () => b;", 'no-cycle'],
  ['engine/types/g.ts', "import { a } from './f.ts'; export const b = () => a;", 'no-cycle'],
  ['engine/types/h.ts', "export const x = () => { throw 'text'; };", 'only-throw-error'],
  [
    'engine/types/i.ts',
    "export const x = (y: 'a' | 'b') => { switch (y) { case 'a': return 1; } };",
    'switch-exhaustiveness-check',
  ],
];
/** What stands at the rim may touch the outside, and types may be named anywhere. */
const allowed: [file: string, text: string][] = [
  ['engine/base/ok.ts', 'export const x = () => Date.now();'],
  ['engine/process/ok.ts', "import { spawn } from 'node:child_process'; export const x = spawn;"],
  ['engine/net/ok.ts', "import { request } from 'undici'; export const x = request;"],
  [
    'engine/alerts/ok.ts',
    "import type { ChildProcess } from 'node:child_process'; export const x = (y: ChildProcess) => y;",
  ],
  ['headless/ok.ts', "import { openEngine } from '#engine'; export const x = openEngine;"],
];

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'vigie-lint-')));
  copyFileSync(path.join(root, '.oxlintrc.json'), path.join(folder, '.oxlintrc.json'));
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  const compilerOptions = {
    target: 'es2024',
    module: 'nodenext',
    strict: true,
    types: ['node'],
    allowImportingTsExtensions: true,
    noEmit: true,
  };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['**/*.ts'] }));
  for (const [file, text] of [...samples, ...allowed]) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), `${text}\n`);
  }
  found = await lint();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The rules that object, by file. */
async function lint(): Promise<Map<string, string[]>> {
  const program = path.join(root, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const output = await new Promise<string>((resolve) => {
    // It ends with 1 because it finds something; what it prints is what counts.
    execFile(process.execPath, [program, '-f', 'json'], { cwd: folder, maxBuffer: 1 << 24 }, (_, stdout) =>
      resolve(stdout),
    );
  });
  const { diagnostics } = JSON.parse(output) as { diagnostics: { filename: string; code: string }[] };
  const byFile = new Map<string, string[]>();
  for (const { filename, code } of diagnostics) {
    const file = filename.replaceAll('\\', '/');
    byFile.set(file, [...(byFile.get(file) ?? []), /\((.+)\)/.exec(code)?.[1] ?? code]);
  }
  return byFile;
}

test.each(samples)('%s: %s', (file, _, rule) => {
  expect(found.get(file)).toContain(rule);
});

test.each(allowed)('%s may: %s', (file) => {
  expect(found.get(file) ?? []).toEqual([]);
});
