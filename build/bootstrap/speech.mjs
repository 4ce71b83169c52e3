import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildSpeechWorker, findSpeechWorker } from '../speech-worker.mjs';
import { inPackages, root } from './paths.mjs';
import { say, showProgress } from './say.mjs';

const failureFile = join(root, '.vigie', 'speech-worker', 'failed.json');

/** Builds the native speech worker once, where a compiler is; elsewhere says that the prebuilt library does the work. */
export async function ensureSpeechWorker() {
  if (findSpeechWorker(root)) return;
  const key = sourcesKey();
  if (failedBefore(key)) {
    return say(
      'speech: the native worker could not be built earlier; the prebuilt library is used (several times slower)',
    );
  }
  let step = '';
  const stop = showProgress('building the speech worker, once (a minute or more)', () => step);
  const result = await buildSpeechWorker({
    root,
    onProgress: ({ done, total }) => {
      step = `[${done}/${total}]`;
    },
  });
  stop();
  if (result.path) {
    rmSync(failureFile, { force: true });
    return say('speech worker built');
  }
  say(`speech: ${result.detail.split('\n')[0]}; the prebuilt library is used (several times slower)`);
  if (result.reason !== 'build-failed') return;
  if (result.logPath) say(`what the compiler said: ${result.logPath}`);
  mkdirSync(dirname(failureFile), { recursive: true });
  writeFileSync(failureFile, JSON.stringify({ key }));
}

/** A failed compilation takes its minute only once for the same sources. @param {string} key */
function failedBefore(key) {
  return existsSync(failureFile) && JSON.parse(readFileSync(failureFile, 'utf8')).key === key;
}

function sourcesKey() {
  const native = join(root, 'native');
  const files = [
    ...readdirSync(native).map((name) => join(native, name)),
    inPackages('nodejs-whisper', 'package.json'),
  ];
  return files.map((file) => `${file}:${statSync(file).mtimeMs}`).join('|');
}
