import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chatter, outputOf, runChild } from './child.mjs';
import { say } from './say.mjs';

/** What the tests use of the system: a Debian package, how to see that it is there, and what is left out without it. */
const needs = [
  { name: 'chromium', present: () => findBrowser() !== null, without: 'the browser tests' },
  {
    name: 'poppler-utils',
    present: () => onPath('pdftotext') && onPath('pdfinfo'),
    without: 'the tests that read finished PDF files',
  },
  { name: 'espeak-ng', present: () => onPath('espeak-ng'), without: 'the tests on speech made on the spot' },
  { name: 'fonts-noto-core', present: () => hasDebianPackage('fonts-noto-core'), without: 'Arabic in screenshots' },
  {
    name: 'fonts-noto-color-emoji',
    present: () => hasDebianPackage('fonts-noto-color-emoji'),
    without: 'emoji in screenshots',
  },
];

/** Installs what the tests need where this is Debian and we are root; elsewhere says what will be left out. */
export async function ensureTestSystem() {
  const debian = existsSync('/etc/debian_version');
  let missing = await absent();
  if (missing.length > 0 && debian && process.getuid?.() === 0 && onPath('apt-get')) {
    say(`installing for the tests: ${missing.map((need) => need.name).join(' ')}`);
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    const updated = await runChild('apt-get', ['update', '-qq'], { env, stdio: chatter });
    if (updated.code !== 0) say('apt-get update failed; trying with the lists that are there');
    // One at a time: a package that this system lacks must not keep the others away.
    for (const { name } of missing) {
      const { code } = await runChild('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], {
        env,
        stdio: chatter,
      });
      if (code !== 0) say(`apt-get could not install ${name}`);
    }
    missing = await absent();
  }
  for (const { name, without } of missing) {
    // Fonts only change pictures, and only Debian can be asked for them.
    if (!debian && name.startsWith('fonts-')) continue;
    say(`left out: ${without} (${name} is not installed)`);
  }
}

async function absent() {
  const found = await Promise.all(needs.map(async (need) => need.present()));
  return needs.filter((_, index) => !found[index]);
}

/** An installed Chromium, Chrome or Edge, as the browser tests look for one; null when there is none. */
export function findBrowser() {
  const { env, platform } = process;
  if (env.VIGIE_BROWSER) return env.VIGIE_BROWSER;
  if (platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    return apps.map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`).find(existsSync) ?? null;
  }
  if (platform === 'win32') {
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(
      (folder) => folder !== undefined,
    );
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    return folders.flatMap((folder) => programs.map((program) => join(folder, program))).find(existsSync) ?? null;
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
  return names.map(whereIs).find((file) => file !== null) ?? null;
}

/** @param {string} program */
function onPath(program) {
  return whereIs(program) !== null;
}

/** @param {string} program @returns {string | null} */
function whereIs(program) {
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  const folders = (process.env.PATH ?? '').split(delimiter);
  return (
    folders
      .flatMap((folder) => suffixes.map((suffix) => join(folder, program + suffix)))
      .find((file) => existsSync(file)) ?? null
  );
}

/** @param {string} name */
async function hasDebianPackage(name) {
  const status = await outputOf('dpkg-query', ['-W', '-f=${Status}', name]);
  return status?.startsWith('install ok') ?? false;
}
