import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageProblems } from './check.ts';
import { electronProblems } from './electron-gate.ts';
import { stage } from './stage.ts';

export type PackOptions = {
  root: string;
  /** Where the packages go. */
  outDir: string;
  /** Further arguments of electron-builder: targets, `--dir`. */
  args: readonly string[];
  /** A folder with Electron's program; electron-builder fetches one when null. */
  electronDist: string | null;
  /** Build and ship the speech worker. */
  speech: boolean;
  say(line: string): void;
};

/**
 * Packs what `npm run build` built and looks into the result. Resolves to what is wrong with it, empty when it can be
 * shipped; rejects when there is nothing to pack or the packer fails (its own words are on the terminal).
 */
export async function pack(options: PackOptions): Promise<string[]> {
  const { root, outDir, say } = options;
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    devDependencies: { electron: string };
  };
  const refused = electronProblems(devDependencies.electron);
  if (refused.length > 0) return refused;
  if (!existsSync(join(root, 'dist', 'electron', 'main.js'))) throw new Error('nothing is built: run npm run build');

  await stage(root, { speech: options.speech, say });
  const configFile = join(root, 'electron-builder.yml');
  const settings = [`-c.directories.output=${outDir}`];
  if (options.electronDist) settings.push(`-c.electronDist=${options.electronDist}`);
  const cli = join(root, 'node_modules', 'electron-builder', 'cli.js');
  execFileSync(process.execPath, [cli, '--publish', 'never', '--config', configFile, ...options.args, ...settings], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });

  const problems: string[] = [];
  for (const folder of unpackedPrograms(outDir)) {
    for (const problem of await packageProblems(folder, configFile)) problems.push(problem);
  }
  return problems;
}

/** The programs that electron-builder left unpacked beside the installers. This machine's kind only. */
function unpackedPrograms(outDir: string) {
  const { platform, arch } = process;
  return readdirSync(outDir).flatMap((name) => {
    const folder = join(outDir, name);
    if (platform === 'darwin' && existsSync(join(folder, 'Vigie.app'))) {
      const app = join(folder, 'Vigie.app');
      return [{ resources: join(app, 'Contents', 'Resources'), program: app, platform, arch }];
    }
    if (!name.endsWith('-unpacked')) return [];
    const program = join(folder, platform === 'win32' ? 'Vigie.exe' : 'vigie');
    return [{ resources: join(folder, 'resources'), program, platform, arch }];
  });
}
