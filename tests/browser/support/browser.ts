import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'msedge'];
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** An installed Chromium, Chrome or Edge, or null. `VIGIE_BROWSER` names another one. */
export function findBrowser(env: Record<string, string | undefined> = process.env): string | null {
  const folders = (env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const candidates = [...folders.flatMap((folder) => names.map((name) => path.join(folder, name))), ...elsewhere];
  return [...(env.VIGIE_BROWSER ? [env.VIGIE_BROWSER] : []), ...candidates].find(isProgram) ?? null;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch (error) {
    // Not there, or not ours to run: the next candidate.
    void error;
    return false;
  }
}

export const browserPath = findBrowser();

/** Why browser tests are left out, or null when they run. */
export const browserMissing =
  browserPath === null
    ? 'left out: no Chromium, Chrome or Edge found (install one, or name it in VIGIE_BROWSER)'
    : null;

/** Root may not use Chromium's sandbox, and the machines that test have no screen. */
export function launchBrowser(): Promise<Browser> {
  if (browserPath === null) throw new Error(browserMissing!);
  return chromium.launch({
    executablePath: browserPath,
    // Without a UTF-8 locale Chromium calls every file with an accent in its name "download". Desks have one, bare machines may not.
    env: { ...process.env, LANG: process.env.LANG ?? 'C.UTF-8' },
    args: ['--no-sandbox', '--disable-gpu', '--autoplay-policy=no-user-gesture-required', '--force-color-profile=srgb'],
  });
}
