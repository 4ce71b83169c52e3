import { isAbsolute, join, resolve, win32 } from 'node:path';
import { parseArgs } from 'node:util';
import type { EngineStart } from './engine-messages.ts';

export type Surroundings = {
  platform: NodeJS.Platform;
  arch: string;
  env: Record<string, string | undefined>;
  home: string;
  /** Arguments of the start, without the program. */
  args: readonly string[];
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
    preload: join(appPath, 'dist', 'preload', 'preload.cjs'),
    engineProcess: join(built, 'engine-process.js'),
    icon: join(appPath, 'electron', 'icons', 'vigie.png'),
  };
}

/** What only the disk knows; a package does not build workers, so that it has no `findSpeechWorker`. */
export type Disk = { exists(path: string): boolean; findSpeechWorker(root: string): string | null };

/**
 * What the engine is told about this machine. A package carries ffmpeg and the speech worker in `bin`; a working copy has
 * npm's ffmpeg and the worker built here. VIGIE_FFMPEG and VIGIE_SPEECH_WORKER name others in a working copy only: what a
 * package runs is not for the environment to choose.
 */
export function engineStart(around: Surroundings, disk: Disk): EngineStart {
  const { packaged, resourcesPath, appPath, platform, env } = around;
  const exe = platform === 'win32' ? '.exe' : '';
  const bin = join(resourcesPath, 'bin');
  const npmFfmpeg = join(appPath, 'node_modules', '@ffmpeg-installer', `${platform}-${around.arch}`, `ffmpeg${exe}`);
  const shipped = join(bin, 'speech', `vigie-speech${exe}`);
  // Handed over in the message that opens the engine: its environment carries no key.
  const speechKey = env.VIGIE_SPEECH_KEY || env.GROQ_API_KEY;
  const built = () => env.VIGIE_SPEECH_WORKER || disk.findSpeechWorker(appPath);
  return {
    dataDir: dataDir(around),
    resourcesDir: join(packaged ? resourcesPath : appPath, 'resources'),
    binaries: {
      ffmpeg: packaged ? join(bin, `ffmpeg${exe}`) : env.VIGIE_FFMPEG || npmFfmpeg,
      speechWorker: packaged ? (disk.exists(shipped) ? shipped : null) : built(),
      // Electron's own Node runs the workers: no second runtime is shipped (docs/decisions.md has the price of it).
      node: { path: around.execPath, args: [], env: { ELECTRON_RUN_AS_NODE: '1' } },
    },
    ...(speechKey ? { secrets: { speech: speechKey } } : {}),
  };
}

/**
 * The data folder: `--data DIR`, VIGIE_DATA, or the one that the command line uses too (headless/data-folder.ts; a test
 * holds the two together).
 */
export function dataDir({
  platform,
  env,
  home,
  args,
}: Pick<Surroundings, 'platform' | 'env' | 'home' | 'args'>): string {
  const { values } = parseArgs({ args: [...args], options: { data: { type: 'string' } }, strict: false });
  const named = typeof values.data === 'string' ? values.data : env.VIGIE_DATA;
  if (named) return resolve(named);
  if (platform === 'win32') return win32.join(env.LOCALAPPDATA || win32.join(home, 'AppData', 'Local'), 'vigie');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'vigie');
  const base = env.XDG_DATA_HOME && isAbsolute(env.XDG_DATA_HOME) ? env.XDG_DATA_HOME : join(home, '.local', 'share');
  return join(base, 'vigie');
}

const inherited =
  /^(PATH|HOME|LANG|LC_[A-Z]+|TZ|TMPDIR|TEMP|TMP|SYSTEMROOT|USERPROFILE|APPDATA|LOCALAPPDATA|XDG_[A-Z_]+|VIGIE_(?!SPEECH_KEY$)[A-Z_]+)$/i;

/** The engine process gets what a program needs to run; keys and proxies of the person's shell stay out of it. */
export function engineEnvironment(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value && inherited.test(name) ? [[name, value]] : [])),
  );
}
