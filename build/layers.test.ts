import { expect, test } from 'vitest';
import { findBreaches } from './layers.mjs';

const problems = (file: string, text: string) => findBreaches(new Map([[file, text]])).map(({ problem }) => problem);

test.each([
  ['plumbing looks at a desk', 'engine/jobs/jobs.ts', "import { x } from '../alerts/alerts-service.ts';"],
  ['plumbing looks at a type of a desk', 'engine/db/store.ts', "import type { X } from '../lives/lives-store.ts';"],
  ['a desk looks inside another desk', 'engine/alerts/decide.ts', "import { cut } from '../capture/segmenter.ts';"],
  [
    'it loads the inside of another desk later',
    'engine/alerts/decide.ts',
    "const x = await import('../capture/segmenter.ts');",
  ],
  ['it exports the inside of another desk', 'engine/alerts/decide.ts', "export * from '../capture/segmenter.ts';"],
  ['a shell looks past the public file', 'headless/serve.ts', "import { x } from '../engine/carriers/loopback.ts';"],
  ['the engine looks at a shell', 'engine/engine.ts', "import { x } from '../headless/serve.ts';"],
  ['shared looks at the engine', 'shared/model/live.ts', "import type { X } from '../../engine/options.ts';"],
  ['a shell looks at the other shell', 'electron/main.ts', "import { x } from '../headless/data-folder.ts';"],
  ['an import over several lines', 'engine/net/net.ts', "import {\n  x,\n} from '../lives/lives-store.ts';"],
  ['the clock is read', 'engine/lives/lives-store.ts', 'const now = new Date();'],
  ['a long file says nothing', 'engine/lives/long.ts', 'x;\n'.repeat(401)],
])('found: %s', (_, file, text) => {
  expect(problems(file, text)).toHaveLength(1);
});

test.each([
  ['a desk uses the service of another', 'engine/analyse/run.ts', "import { x } from '../alerts/alerts-service.ts';"],
  ['a desk uses plumbing', 'engine/alerts/alerts-store.ts', "import { x } from '../db/store.ts';"],
  ['plumbing uses plumbing', 'engine/jobs/jobs.ts', "import { x } from '../db/store.ts';"],
  ['the composition root sees all', 'engine/engine.ts', "import { x } from './capture/segmenter.ts';"],
  ['a test enters where it likes', 'engine/jobs/jobs.test.ts', "import { x } from '../alerts/decide.ts';"],
  ['everyone sees shared', 'headless/serve.ts', "import { x } from '#shared/errors.ts';"],
  ['a comment imports nothing', 'engine/jobs/jobs.ts', " * import { x } from '../alerts/decide.ts'"],
  ['a date of a number', 'engine/lives/lives-store.ts', 'const date = new Date(atMs);'],
  [
    'a long file that says why',
    'engine/lives/long.ts',
    `// Many lines because it is one table.\n${'x;\n'.repeat(401)}`,
  ],
  ['a catalogue is long', 'shared/i18n/fr.ts', 'x;\n'.repeat(401)],
])('let through: %s', (_, file, text) => {
  expect(problems(file, text)).toEqual([]);
});
