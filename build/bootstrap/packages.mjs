import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chatter, runChild } from './child.mjs';
import { inPackages, packagedNode, root } from './paths.mjs';
import { say, showProgress } from './say.mjs';

/** Installs the packages of the lock file where they are not exactly those, and says so. Throws when it cannot. */
export async function ensurePackages() {
  const missing = packagesMissing();
  if (missing === null) return;
  say(`${missing}: installing the packages of package-lock.json (a minute or more)`);
  const stop = showProgress('installing', () => `${countFolders()} packages so far`);
  const npm = process.env.npm_execpath;
  // Never what the caller's npm was told for its own output or scope.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error', '--progress=false'];
  const { code } =
    npm && /npm-cli\.c?js$/.test(npm)
      ? await runChild(process.execPath, [npm, ...args], { stdio: chatter })
      : await runChild('npm', args, { stdio: chatter, shell: process.platform === 'win32' });
  stop();
  if (code !== 0) throw new Error(`npm ci failed (exit code ${code}); what it printed is above`);
  const still = packagesMissing();
  if (still !== null) throw new Error(`npm ci ended well, but ${still}`);
  say('packages installed');
}

/**
 * Why the packages have to be installed; null when they are there. npm writes its own list last, so a half-finished
 * installation has none.
 * @returns {string | null}
 */
export function packagesMissing() {
  const installedFile = inPackages('.package-lock.json');
  if (!existsSync(installedFile)) return 'no packages yet';
  if (!packagedNode()) return 'Node 24 is missing';
  const wanted = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(installedFile);
  for (const [path, entry] of Object.entries(wanted)) {
    // Parts for other systems are in the lock but never installed.
    const absent = installed[path] === undefined;
    if (path === '' || (absent && entry.optional)) continue;
    if (absent) return `${path} is missing`;
    if (installed[path]?.version !== entry.version) return `${path} has changed`;
  }
  const extra = Object.keys(installed).find((path) => wanted[path] === undefined);
  return extra ? `${extra} is no longer wanted` : null;
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/** npm makes all folders first and fills them one by one. */
function countFolders() {
  const folder = inPackages();
  if (!existsSync(folder)) return 0;
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'package.json'))).length;
}
