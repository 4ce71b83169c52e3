import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from './base/clock.ts';
import { readOwner, takeOwnership } from './owner.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const take = (dataDir: string) => takeOwnership({ dataDir, kind: 'test', clock: systemClock });

/** A real process that owns the folder until it is killed. */
async function ownerProcess(dataDir: string) {
  const script = `
    const { takeOwnership } = await import(${JSON.stringify(path.join(import.meta.dirname, 'owner.ts'))});
    const { systemClock } = await import(${JSON.stringify(path.join(import.meta.dirname, 'base/clock.ts'))});
    takeOwnership({ dataDir: process.argv[1], kind: 'browser', clock: systemClock }).announce({ port: 4242, token: 'secret' });
    console.log('owned');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

test('a second engine is refused within a second, and told who owns the folder', async () => {
  const dataDir = temporaryFolder();
  const child = await ownerProcess(dataDir);
  const since = performance.now();
  expect(() => take(dataDir)).toThrow(
    expect.objectContaining({
      code: 'data-folder-owned',
      data: { path: dataDir, ownerPid: child.pid, ownerKind: 'browser' },
    }),
  );
  expect(performance.now() - since).toBeLessThan(1000);
  child.kill('SIGKILL');
  await once(child, 'exit');
});

test('a killed owner leaves no stale lock', async () => {
  const dataDir = temporaryFolder();
  const child = await ownerProcess(dataDir);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const ownership = take(dataDir);
  expect(readOwner(dataDir)).toMatchObject({ pid: process.pid, port: null, token: null });
  ownership.release();
  expect(readOwner(dataDir)).toBeNull();
});

test.skipIf(process.platform === 'win32')('the token is for this user alone', () => {
  const dataDir = temporaryFolder();
  const ownership = take(dataDir);
  ownership.announce({ port: 1, token: 't' });
  expect(statSync(path.join(dataDir, 'owner.json')).mode & 0o777).toBe(0o600);
  ownership.release();
});
