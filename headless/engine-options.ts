import { createRequire } from 'node:module';
import path from 'node:path';
import type { EngineOptions, OwnerKind } from '#engine';
import type { Settings } from '#shared/model/settings.ts';
import { findSpeechWorker } from '../build/speech-worker.mjs';
import { createLogFile } from './log-file.ts';

export { defaultDataDir } from './data-folder.ts';

const root = path.resolve(import.meta.dirname, '..');

/** What Node shells hand to the engine. `VIGIE_FFMPEG` and `VIGIE_SPEECH_WORKER` name other programs than ours. */
export function engineOptionsFor(request: {
  dataDir: string;
  owner: OwnerKind;
  env: Record<string, string | undefined>;
  settings?: Partial<Settings>;
}): EngineOptions {
  const { dataDir, owner, env, settings } = request;
  return {
    dataDir,
    owner,
    settings,
    resourcesDir: path.join(root, 'resources'),
    binaries: {
      ffmpeg: env.VIGIE_FFMPEG || ffmpegPath(),
      speechWorker: env.VIGIE_SPEECH_WORKER || findSpeechWorker(root),
      node: { path: process.execPath, args: [] },
    },
    secrets: secretsFrom(env),
    log: createLogFile(dataDir),
  };
}

/** The key of the speech server, under our name or that of the source system. Nothing else of the environment is a secret of ours. */
function secretsFrom(env: Record<string, string | undefined>): EngineOptions['secrets'] {
  const speech = env.VIGIE_SPEECH_KEY || env.GROQ_API_KEY;
  return speech ? { speech } : {};
}

/** The ffmpeg of its npm package; where that is missing, the path it would have, which the engine then reports as missing. */
function ffmpegPath(): string {
  const name = `@ffmpeg-installer/${process.platform}-${process.arch}`;
  const program = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
  try {
    const packageFile = createRequire(import.meta.url).resolve(`${name}/package.json`);
    return path.join(path.dirname(packageFile), program);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    return path.join(root, 'node_modules', name, program);
  }
}
