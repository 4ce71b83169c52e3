import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chatter, runNode } from './child.mjs';
import { inPackages, root } from './paths.mjs';
import { say } from './say.mjs';

/** Builds the window (dist/renderer) when its sources changed since the last time. */
export async function ensureWindow() {
  await ensureBuilt({
    name: 'window',
    sources: ['renderer', 'shared', 'package-lock.json'],
    result: join(root, 'dist', 'renderer', 'index.html'),
    command: [
      inPackages('vite', 'bin', 'vite.js'),
      'build',
      '--config',
      join('renderer', 'vite.config.ts'),
      '--logLevel',
      'warn',
    ],
  });
}

/** Builds the desktop shell (dist/electron) when its sources changed since the last time. */
export async function ensureDesktopShell() {
  await ensureBuilt({
    name: 'desktop',
    sources: ['electron', 'engine', 'shared', 'headless', 'electron.vite.config.ts', 'package-lock.json'],
    result: join(root, 'dist', 'electron', 'main.js'),
    command: [inPackages('electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn'],
  });
}

/** @param {{ name: string, sources: string[], result: string, command: string[] }} job */
async function ensureBuilt({ name, sources, result, command }) {
  const stampFile = join(root, '.vigie', `${name}.stamp`);
  const stamp = digestOf(sources);
  if (existsSync(result) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  say(`building the ${name}`);
  const code = await runNode(command, { stdio: chatter });
  if (code !== 0)
    throw new Error(`the ${name} could not be built (exit code ${code}); what the bundler printed is above`);
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
}

/** Names, sizes and times of all files: a change in any of them, or a file less, is seen. @param {string[]} sources */
function digestOf(sources) {
  const hash = createHash('sha256');
  /** @param {string} path */
  const visit = (path) => {
    const stats = statSync(join(root, path), { throwIfNoEntry: false });
    if (!stats) return;
    if (!stats.isDirectory()) return void hash.update(`${path}\0${stats.size}\0${stats.mtimeMs}\n`);
    for (const name of readdirSync(join(root, path)).sort()) visit(join(path, name));
  };
  for (const source of sources) visit(source);
  return hash.digest('hex');
}
