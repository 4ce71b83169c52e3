import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { listPackage } from '@electron/asar';
import { readFuses, readProgramFuses } from './fuses.ts';

/** What a packed program must hold, beside nothing else of consequence. Paths as in the archive, without the first slash. */
const wanted = [
  'package.json',
  'dist/electron/main.js',
  'dist/electron/engine-process.js',
  'dist/preload/preload.cjs',
  'dist/renderer/index.html',
  'electron/icons/vigie.png',
  'node_modules/zod/package.json',
];
/** Sources, tests, other systems' binaries, and what belongs beside the archive. */
const unwanted = [
  /^(shared|engine|renderer|headless|tests|bench|docs|native|build)\//,
  /\.(ts|tsx|map)$/,
  /^node_modules\/(electron|react|vite|vitest|typescript|@ffmpeg-installer|nodejs-whisper)\//,
  /better-sqlite3\/(deps|src)\//,
  /-(cuda|vulkan)\//,
];

export type PackedProgram = { resources: string; program: string; platform: NodeJS.Platform; arch: string };

/** Everything that is wrong with a packed program; empty when it can be shipped. Rejects when there is no archive. */
export async function packageProblems(packed: PackedProgram, configFile: string): Promise<string[]> {
  const { resources, platform, arch } = packed;
  const archive = listPackage(join(resources, 'app.asar'), { isPack: false }).map((path) =>
    path.replaceAll('\\', '/').slice(1),
  );
  const loose = filesBelow(join(resources, 'app.asar.unpacked'));
  const beside = filesBelow(resources).filter((path) => !path.startsWith('app.asar'));
  const problems: string[] = [];
  const need = (list: readonly string[], path: string, where: string) => {
    if (!list.includes(path)) problems.push(`${where} lacks ${path}`);
  };

  for (const path of wanted) need(archive, path, 'archive');
  for (const path of archive)
    if (unwanted.some((pattern) => pattern.test(path))) problems.push(`archive holds ${path}`);

  const prebuilds = loose.filter((path) => path.startsWith('node_modules/better-sqlite3/prebuilds/'));
  const own = `node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node`;
  if (prebuilds.length !== 1 || prebuilds[0] !== own)
    problems.push(`SQLite: wanted only ${own}, found ${prebuilds.join(', ') || 'none'}`);
  need(loose, 'dist/electron/workers/pdf-worker.js', 'folder beside the archive');
  need(loose, 'dist/electron/prebuilt-worker.js', 'folder beside the archive');
  if (!loose.some((path) => /^node_modules\/@myriaddreamin\/.+\.node$/.test(path)))
    problems.push('no typesetter outside the archive');
  if (!loose.some((path) => /^node_modules\/@expo-google-fonts\/.+\.ttf$/.test(path)))
    problems.push('no fonts outside the archive');

  need(beside, platform === 'win32' ? 'bin/ffmpeg.exe' : 'bin/ffmpeg', 'package');
  need(beside, 'resources/models/ggml-vigie-micro.bin', 'package');
  need(beside, 'resources/models/ggml-silero-v5.bin', 'package');

  const fuses = await readProgramFuses(packed.program);
  for (const [name, value] of Object.entries(readFuses(configFile))) {
    if (fuses[name] !== value) problems.push(`fuse ${name} is ${fuses[name]}, wanted ${value}`);
  }
  return problems;
}

/** Files below a folder, as relative paths with forward slashes. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => lstatSync(join(folder, path)).isFile())
    .map((path) => path.replaceAll('\\', '/'));
}
