// Packs the built program around a dummy Electron and checks the result: `node build/package/dry-run.ts`. Needs
// `npm run build` before, neither network nor Electron's binary. Linux only.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageProblems } from './check.ts';
import { writeDummyElectron } from './dummy-electron.ts';
import { stage } from './stage.ts';

const root = join(import.meta.dirname, '..', '..');
const configFile = join(root, 'electron-builder.yml');
const work = await mkdtemp(join(tmpdir(), 'vigie-package-'));
try {
  await stage(root, { speech: process.argv.includes('--speech'), say: console.log });
  await writeDummyElectron(join(work, 'electron'));
  const options = [`-c.electronDist=${join(work, 'electron')}`, `-c.directories.output=${join(work, 'out')}`];
  const cli = join(root, 'node_modules', 'electron-builder', 'cli.js');
  execFileSync(process.execPath, [cli, '--linux', '--dir', '--publish', 'never', '--config', configFile, ...options], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const folder = join(work, 'out', process.arch === 'arm64' ? 'linux-arm64-unpacked' : 'linux-unpacked');
  const packed = {
    resources: join(folder, 'resources'),
    program: join(folder, 'vigie'),
    platform: process.platform,
    arch: process.arch,
  };
  const problems = await packageProblems(packed, configFile);
  for (const problem of problems) console.error(problem);
  console.log(problems.length === 0 ? 'package: as it should be' : `package: ${problems.length} problems`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  await rm(work, { recursive: true, force: true });
}
