// Packs the built program around a dummy Electron and checks the result: `node build/package/dry-run.ts [--speech]`. Needs
// `npm run build` before, neither network nor Electron's binary. Linux only.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDummyElectron } from './dummy-electron.ts';
import { pack } from './pack.ts';
import { report } from './report.ts';

const work = await mkdtemp(join(tmpdir(), 'vigie-package-'));
try {
  const electronDist = join(work, 'electron');
  await writeDummyElectron(electronDist);
  report(
    await pack({
      root: join(import.meta.dirname, '..', '..'),
      outDir: join(work, 'out'),
      args: ['--linux', '--dir'],
      electronDist,
      speech: process.argv.includes('--speech'),
      say: console.log,
    }),
  );
} finally {
  await rm(work, { recursive: true, force: true });
}
