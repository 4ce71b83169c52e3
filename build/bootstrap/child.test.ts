import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { outputOf, runChild } from './child.mjs';

const node = process.execPath;

test.each([
  ['process.exit(0)', 0],
  ['process.exit(7)', 7],
  ["process.kill(process.pid, 'SIGKILL')", 137],
])('%s ends with %d', async (program, code) => {
  expect((await runChild(node, ['-e', program], { stdio: 'ignore' })).code).toBe(code);
});

test('a child that takes too long is ended', async () => {
  const { code } = await runChild(node, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore', limitMs: 50 });
  expect(code).toBe(137);
});

test('a program that is not there is an error, or nothing', async () => {
  await expect(runChild('/none/vigie', [])).rejects.toThrow(/ENOENT/);
  expect(await outputOf('/none/vigie', [])).toBeNull();
  expect(await outputOf(node, ['-p', '6*7'])).toBe('42\n');
});

test.skipIf(process.platform === 'win32')('a request to end reaches the child, which says how it ended', async () => {
  const inner = "process.on('SIGTERM', () => process.exit(9)); setInterval(() => {}, 1000); console.log('ready');";
  const outer = `import { runChild } from ${JSON.stringify(path.join(import.meta.dirname, 'child.mjs'))};
    process.exitCode = (await runChild(process.execPath, ['-e', ${JSON.stringify(inner)}])).code;`;
  const parent = spawn(node, ['--input-type=module', '-e', outer], { stdio: ['ignore', 'pipe', 'inherit'] });
  parent.stdout.once('data', () => parent.kill('SIGTERM'));
  const code = await new Promise((resolve) => parent.once('close', resolve));
  expect(code).toBe(9);
});
