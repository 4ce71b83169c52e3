import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { chatter, runNode } from './child.mjs';
import { inPackages } from './paths.mjs';
import { say, showProgress } from './say.mjs';

const fetchLimitMs = 10 * 60_000;
const probeLimitMs = 5_000;

/**
 * Electron's program, fetched if need be; or why there is none. Its package fetches the binary from GitHub, which many
 * networks cannot reach.
 * @returns {Promise<{ path: string, why: null } | { path: null, why: string }>}
 */
export async function ensureElectron() {
  const obstacle = cannotShow();
  if (obstacle) return { path: null, why: obstacle };
  const there = installed();
  if (there) return { path: there, why: null };

  const { env } = process;
  const ownRoute = env.ELECTRON_MIRROR || env.npm_config_electron_mirror || env.ELECTRON_GET_USE_PROXY;
  if (!ownRoute && !(await githubAnswers())) {
    return { path: null, why: 'the Electron binary is not here and github.com, where it comes from, does not answer' };
  }
  say('fetching the Electron binary, once (about 110 MB)');
  const stop = showProgress('fetching Electron');
  const code = await runNode([inPackages('electron', 'install.js')], { stdio: chatter, limitMs: fetchLimitMs });
  stop();
  const path = installed();
  return path
    ? { path, why: null }
    : { path: null, why: `the Electron binary could not be fetched (exit code ${code})` };
}

function installed() {
  const note = inPackages('electron', 'path.txt');
  if (!existsSync(note)) return null;
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH || inPackages('electron', 'dist');
  const path = join(folder, readFileSync(note, 'utf8').trim());
  return existsSync(path) ? path : null;
}

/** Why no window can appear here; null when one can. */
function cannotShow() {
  if (process.platform !== 'linux') return null;
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display here';
  if (process.getuid?.() === 0) return 'Electron does not start as root with its sandbox on';
  return null;
}

/** @returns {Promise<boolean>} */
function githubAnswers() {
  return new Promise((done) => {
    const probe = request('https://github.com/', { method: 'HEAD', timeout: probeLimitMs }, (answer) => {
      answer.resume();
      done(true);
    });
    probe.on('timeout', () => probe.destroy());
    // Unreachable is what is being asked; `close` follows in every case.
    probe.on('error', () => done(false));
    probe.on('close', () => done(false));
    probe.end();
  });
}
