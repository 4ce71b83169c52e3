import { existsSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { makeFolder } from './make-folder.ts';

test('all that is missing is made, with the mode that was asked for; again changes nothing', () => {
  const deep = path.join(temporaryFolder(), 'José Müller', '👍', 'deep');
  makeFolder(deep, 0o700);
  makeFolder(deep);
  if (process.platform !== 'win32') expect(statSync(deep).mode & 0o777).toBe(0o700);
});

test('a file in the way is told, on top or in the middle', () => {
  const file = path.join(temporaryFolder(), 'file');
  writeFileSync(file, 'x');
  expect(() => makeFolder(file)).toThrow(/EEXIST/);
  expect(() => makeFolder(path.join(file, 'below'))).toThrow(/ENOTDIR|EEXIST|ENOENT/);
});

test.skipIf(!existsSync('/proc/self'))('a place that can hold no folder is told, not tried for ever', () => {
  expect(() => makeFolder('/proc/vigie')).toThrow(/ENOENT|EACCES|EPERM/);
  expect(() => makeFolder('/proc/vigie/deep')).toThrow(/ENOENT|EACCES|EPERM/);
});
