// Makes the packages of this system in dist/packages and checks them: `npm run package [-- electron-builder arguments]`.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pack } from './pack.ts';
import { report } from './report.ts';

const root = join(import.meta.dirname, '..', '..');
/** The one that was fetched for `npm start`, so that it is not fetched twice. */
const fetched = join(root, 'node_modules', 'electron', 'dist');

report(
  await pack({
    root,
    outDir: join(root, 'dist', 'packages'),
    args: process.argv.slice(2),
    electronDist: existsSync(fetched) ? fetched : null,
    speech: true,
    say: console.log,
  }),
);
