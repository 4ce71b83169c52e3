import { join } from 'node:path';
import type { EngineStart } from './engine-messages.ts';

export type Surroundings = {
  platform: NodeJS.Platform;
  arch: string;
  env: Record<string, string | undefined>;
  home: string;
  /** Folder or archive with package.json and dist. */
  appPath: string;
  packaged: boolean;
  /** Electron's process.resourcesPath: what a package carries beside the archive. */
  resourcesPath: string;
  execPath: string;
};

/** Where the program's own files are. All inside the archive when packaged. */
export function shellPaths(appPath: string) {
  const built = join(appPath, 'dist', 'electron');
  return {
    page: join(appPath, 'dist', 'renderer'),
    preload: join(built, 'preload.cjs'),
    engineProcess: join(built, 'engine-process.js'),
    icon: join(appPath, 'electron', 'icons', 'vigie.png'),
  };
}

/**
 * What the engine is told about this machine. A package carries ffmpeg and the speech worker in `bin`; in a working copy
 * ffmpeg is npm's, and the speech worker the one named by VIGIE_SPEECH_WORKER.
 */
export function engineStart(around: Surroundings, exists: (path: string) => boolean): EngineStart {
  const { packaged, resourcesPath, appPath, platform, env } = around;
  const exe = platform === 'win32' ? '.exe' : '';
  const bin = join(resourcesPath, 'bin');
  const npmFfmpeg = join(appPath, 'node_modules', '@ffmpeg-installer', `${platform}-${around.arch}`, `ffmpeg${exe}`);
  const speechWorker = packaged ? join(bin, 'speech', `vigie-speech${exe}`) : env.VIGIE_SPEECH_WORKER;
  return {
    dataDir: dataDir(around),
    resourcesDir: join(packaged ? resourcesPath : appPath, 'resources'),
    binaries: {
      ffmpeg: packaged ? join(bin, `ffmpeg${exe}`) : npmFfmpeg,
      speechWorker: speechWorker && exists(speechWorker) ? speechWorker : null,
      // Electron's own Node runs the workers: no second runtime is shipped (docs/decisions.md has the price of it).
      node: { path: around.execPath, args: [], env: { ELECTRON_RUN_AS_NODE: '1' } },
    },
  };
}

/** The data folder that every shell uses unless told otherwise. */
export function dataDir({ platform, env, home }: Pick<Surroundings, 'platform' | 'env' | 'home'>): string {
  if (env.VIGIE_DATA) return env.VIGIE_DATA;
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'Vigie');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Vigie');
  return join(env.XDG_DATA_HOME ?? join(home, '.local', 'share'), 'vigie');
}

const inherited =
  /^(PATH|HOME|LANG|LC_[A-Z]+|TZ|TMPDIR|TEMP|TMP|SYSTEMROOT|USERPROFILE|APPDATA|LOCALAPPDATA|XDG_[A-Z_]+|VIGIE_[A-Z_]+)$/i;

/** The engine process gets what a program needs to run; keys and proxies of the person's shell stay out of it. */
export function engineEnvironment(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value && inherited.test(name) ? [[name, value]] : [])),
  );
}
