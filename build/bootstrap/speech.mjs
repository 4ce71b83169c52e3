import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildSpeechWorker, cudaPossible, findSpeechWorker } from '../speech-worker.mjs';
import { inPackages, root } from './paths.mjs';
import { say, showProgress } from './say.mjs';

/** @param {boolean} cuda */
const failureFile = (cuda) => join(root, '.vigie', 'speech-worker', cuda ? 'failed-cuda.json' : 'failed.json');

/**
 * Builds the native speech worker once, where a compiler is; elsewhere says that the prebuilt library does the work. Where an NVIDIA
 * card and its compiler are, it is built for the card, and for the processor alone only when that fails.
 */
export async function ensureSpeechWorker() {
  const key = sourcesKey();
  if (nvidiaCard() && !findSpeechWorker(root, { cuda: true }) && !failedBefore(key, true) && (await cudaPossible())) {
    const built = await build(key, true, 'building the speech worker for the graphics card, once (several minutes)');
    if (built === null) return;
    say(`speech: no worker for the graphics card (${built}); the one for the processor is used`);
  }
  if (findSpeechWorker(root)) return;
  if (failedBefore(key, false)) {
    return say(
      'speech: the native worker could not be built earlier; the prebuilt library is used (several times slower)',
    );
  }
  const failed = await build(key, false, 'building the speech worker, once (a minute or more)');
  if (failed !== null) say(`speech: ${failed}; the prebuilt library is used (several times slower)`);
}

/** Cheap: machines without a card pay nothing for the question. */
function nvidiaCard() {
  return process.platform === 'win32' || existsSync('/proc/driver/nvidia/version');
}

/** @param {string} key @param {boolean} cuda @param {string} title @returns {Promise<string | null>} why it failed; null: built */
async function build(key, cuda, title) {
  let step = '';
  const stop = showProgress(title, () => step);
  const result = await buildSpeechWorker({
    root,
    cuda,
    onProgress: ({ done, total }) => {
      step = `[${done}/${total}]`;
    },
  });
  stop();
  if (result.path) {
    rmSync(failureFile(cuda), { force: true });
    say(cuda ? 'speech worker built for the graphics card' : 'speech worker built');
    return null;
  }
  if (result.reason === 'build-failed') {
    if (result.logPath) say(`what the compiler said: ${result.logPath}`);
    mkdirSync(dirname(failureFile(cuda)), { recursive: true });
    writeFileSync(failureFile(cuda), JSON.stringify({ key }));
  }
  return result.detail.split('\n')[0] ?? result.reason;
}

/** A failed compilation takes its minute only once for the same sources. @param {string} key @param {boolean} cuda */
function failedBefore(key, cuda) {
  return existsSync(failureFile(cuda)) && JSON.parse(readFileSync(failureFile(cuda), 'utf8')).key === key;
}

function sourcesKey() {
  const native = join(root, 'native');
  const files = [
    ...readdirSync(native).map((name) => join(native, name)),
    inPackages('nodejs-whisper', 'package.json'),
  ];
  return files.map((file) => `${file}:${statSync(file).mtimeMs}`).join('|');
}
