#!/usr/bin/env node
// The program `vigie` as npm installs it: the command line on the packaged Node 24, whatever Node started this.
import { runChild } from './bootstrap/child.mjs';
import { packagedNode, root } from './bootstrap/paths.mjs';
import { join } from 'node:path';

const node = packagedNode() ?? process.execPath;
const { code } = await runChild(node, [join(root, 'headless', 'vigie.ts'), ...process.argv.slice(2)], {
  cwd: process.cwd(),
});
process.exitCode = code;
