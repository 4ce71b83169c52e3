import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { _electron } from 'playwright-core';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** Electron's program if it is already here; asking its package for it would start a download. */
function installedElectron(): string | null {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const note = join(folder, 'path.txt');
  if (!existsSync(note)) return null;
  const program = join(
    process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'),
    readFileSync(note, 'utf8').trim(),
  );
  return existsSync(program) ? program : null;
}

const program = installedElectron();
const display = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
const obstacle = program === null ? 'the Electron binary is not here' : display ? null : 'there is no display';

it('opens the real window on the real engine', { timeout: 180_000 }, async ({ skip }) => {
  if (obstacle !== null || program === null) {
    console.warn(`tests/electron/app.test.ts skipped: ${obstacle}`);
    return skip(obstacle ?? '');
  }
  const cli = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  execFileSync(process.execPath, [cli, 'build', '--logLevel', 'warn'], { cwd: root });
  const dataDir = await mkdtemp(join(tmpdir(), 'vigie-window-'));
  const sandboxOff = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({ executablePath: program, args: [...sandboxOff, root, '--data', dataDir] });
  try {
    const window = await app.firstWindow();
    await window.waitForLoadState('domcontentloaded');
    expect(window.url()).toMatch(/^vigie-app:\/\/app\/index\.html/);
    expect(
      await window.evaluate(() => [
        typeof process,
        typeof require,
        Object.keys((globalThis as { vigieShell?: object }).vigieShell ?? {}),
      ]),
    ).toEqual(['undefined', 'undefined', ['kind']]);
    // The page shows the engine's answer: it got a port, and the engine opened the data folder.
    await expect.poll(() => existsSync(join(dataDir, 'owner.json')), { timeout: 30_000 }).toBe(true);
    await window.locator('main').waitFor();
    expect(
      await window.evaluate(() =>
        fetch('https://example.org').then(
          () => 'reached',
          () => 'refused',
        ),
      ),
    ).toBe('refused');
  } finally {
    await app.close();
    await rm(dataDir, { recursive: true, force: true });
  }
});
