import { join } from 'node:path';
import { runChild, runNode } from './bootstrap/child.mjs';
import { ensureElectron } from './bootstrap/electron.mjs';
import { inPackages, root } from './bootstrap/paths.mjs';
import { say } from './bootstrap/say.mjs';
import { ensureSpeechWorker } from './bootstrap/speech.mjs';
import { ensureTestSystem } from './bootstrap/system-packages.mjs';
import { ensureDesktopShell, ensureWindow } from './bootstrap/window.mjs';

/** @typedef {(args: string[]) => Promise<number>} Task what it does, and the exit code */

const commandLine = join(root, 'headless', 'vigie.ts');
const rooms = ['shared', 'engine', 'renderer', 'electron', 'headless', 'tests', 'bench', 'build'];
/** The commands that hear or show something; the others answer from what is stored and need nothing built. */
const listening = ['demo', 'serve', 'watch', 'transcribe', 'doctor'];

/** @type {Task} */
async function vigie(args) {
  if (args.includes('--help') || args.includes('-h')) return runNode([commandLine, ...args]);
  if (args.some((arg) => listening.includes(arg))) await ensureSpeechWorker();
  if (args.includes('serve')) await ensureWindow();
  return runNode([commandLine, ...args]);
}

/** @type {Task} */
async function start(args) {
  if (args.includes('--help') || args.includes('-h')) return vigie(['serve', ...args]);
  const asked = args.includes('--browser');
  const electron = asked ? { path: null, why: 'asked for the browser' } : await ensureElectron();
  const rest = args.filter((arg) => arg !== '--browser');
  if (electron.path === null) {
    say(`no desktop window: ${electron.why}. The same workstation opens in the browser.`);
    return vigie(['serve', ...rest]);
  }
  await ensureSpeechWorker();
  await ensureWindow();
  await ensureDesktopShell();
  return (await runChild(electron.path, [root, ...rest])).code;
}

/** @param {string[]} args @param {Record<string, string>} [env] */
async function test(args, env) {
  await ensureTestSystem();
  await ensureSpeechWorker();
  await ensureWindow();
  return runNode([inPackages('vitest', 'vitest.mjs'), 'run', ...args], { env });
}

/** @type {Task} */
async function bench(args) {
  await ensureSpeechWorker();
  return runNode([join(root, 'bench', 'run.ts'), ...args]);
}

async function typecheck() {
  const tsc = inPackages('typescript', 'bin', 'tsc');
  return all(rooms.map((room) => ({ name: `types in ${room}`, args: [tsc, '-p', room] })));
}

async function lint() {
  return all([
    { name: 'lint', args: [inPackages('oxlint', 'bin', 'oxlint'), '--type-aware', '--deny-warnings'] },
    { name: 'format', args: [inPackages('oxfmt', 'bin', 'oxfmt'), '--check'] },
    { name: 'layers', args: [join(root, 'build', 'layers.mjs')] },
    { name: 'dead code', args: [inPackages('knip', 'bin', 'knip.js'), '--no-progress'] },
  ]);
}

async function build() {
  await ensureWindow();
  await ensureDesktopShell();
  return 0;
}

/** @type {Task} */
async function makePackage(args) {
  await build();
  const config = ['--config', 'electron-builder.yml', '--publish', 'never'];
  return runNode([inPackages('electron-builder', 'cli.js'), ...config, ...args]);
}

/** @type {Record<string, Task>} */
export const tasks = {
  demo: (args) => vigie(['demo', ...args]),
  vigie,
  start,
  test: (args) => test(args),
  'test:long': (args) => test(args, { VIGIE_LONG: '1' }),
  bench,
  'bench:speech': (args) => bench(['--speech', ...args]),
  typecheck,
  lint,
  format: () => runNode([inPackages('oxfmt', 'bin', 'oxfmt')]),
  build,
  package: makePackage,
};

/**
 * Runs every check, also after one that failed, and ends with a list of what failed.
 * @param {{ name: string, args: string[] }[]} checks
 */
async function all(checks) {
  const failed = [];
  for (const { name, args } of checks) {
    const code = await runNode(args);
    if (code !== 0) failed.push(name);
    say(`${name}: ${code === 0 ? 'ok' : 'FAILED'}`);
  }
  if (failed.length > 0) say(`failed: ${failed.join(', ')}`);
  return failed.length > 0 ? 1 : 0;
}
