import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { expect, test } from 'vitest';

import { temporaryFolder } from '../testing/temporary-folder.ts';

import { findGraphicsCard } from './graphics-card.ts';

/** A machine made of the files that a real one shows. */
function machine(files: Record<string, string>, platform: NodeJS.Platform = 'linux') {
  const root = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  return { platform, root };
}
const driver = 'NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15\nGCC version: 12\n';
const render = (vendor: string) => ({
  'dev/dri/card0': '',
  'dev/dri/renderD128': '',
  'sys/class/drm/renderD128/device/vendor': `${vendor}\n`,
  'sys/class/drm/renderD128/device/device': '0x7340\n',
});

test.each([
  ['nothing', () => machine({}), null],
  [
    'an NVIDIA card',
    () =>
      machine({
        'proc/driver/nvidia/version': driver,
        'proc/driver/nvidia/gpus/0000:01:00.0/information': 'Model: \t\t NVIDIA H100\nIRQ: 5\n',
      }),
    { name: 'NVIDIA H100', key: `NVIDIA H100 ${driver.split('\n')[0]}` },
  ],
  [
    'an NVIDIA card lent to a container',
    () => machine({ 'proc/driver/nvidia/version': driver, 'dev/nvidia0': '' }),
    { name: 'NVIDIA' },
  ],
  [
    'the driver of the host without its card',
    () => machine({ 'proc/driver/nvidia/version': driver, 'dev/nvidiactl': '' }),
    null,
  ],
  ['an AMD card', () => machine(render('0x1002')), { name: 'AMD', key: '0x1002:0x7340' }],
  ['the display of a virtual machine', () => machine(render('0x1af4')), null],
  ['a Mac', () => machine({}, 'darwin'), { name: 'Metal' }],
  ['Windows without a driver', () => machine({}, 'win32'), null],
])('%s', (_name, at, card) => {
  if (card === null) expect(findGraphicsCard(at())).toBeNull();
  else expect(findGraphicsCard(at())).toMatchObject(card);
});
