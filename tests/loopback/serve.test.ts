import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readOwner } from '../../engine/index.ts';
import { engineOptionsFor } from '../../headless/engine-options.ts';
import { type Served, serve } from '../../headless/serve.ts';
import { rawAnswer } from './visitor.ts';

let folder: string;
let served: Served[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'vigie-serve-'));
  mkdirSync(path.join(folder, 'ui'));
  writeFileSync(path.join(folder, 'ui', 'index.html'), '<!doctype html>');
});
afterEach(async () => {
  await Promise.all(served.map((one) => one.close()));
  served = [];
  rmSync(folder, { recursive: true, force: true });
});

async function open(options: { uiDir?: string; port?: number; data?: string } = {}): Promise<Served> {
  const dataDir = path.join(folder, options.data ?? 'data');
  const engineOptions = engineOptionsFor({ dataDir, owner: 'browser', env: {} });
  const uiDir = options.uiDir ?? path.join(folder, 'ui');
  const one = await serve({ engineOptions, open: false, env: {}, uiDir, port: options.port });
  served.push(one);
  return one;
}

test('the window is served, the door is announced to its owner only, and closing leaves the folder', async () => {
  const one = await open();
  const dataDir = path.join(folder, 'data');
  expect(one.browserOpened).toBe(false);
  expect(new URL(one.url).hash).toMatch(/^#token=[\w-]{43}$/);
  expect(one.freshUrl()).not.toBe(one.url);
  expect(await rawAnswer(one.port, ['GET / HTTP/1.1', `Host: 127.0.0.1:${one.port}`])).toMatch(/^HTTP\/1\.1 200/);

  expect(readOwner(dataDir)).toMatchObject({ pid: process.pid, kind: 'browser', port: one.port });
  if (process.platform !== 'win32') {
    expect(statSync(path.join(dataDir, 'owner.json')).mode & 0o777).toBe(0o600);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  }
  await one.close();
  served = [];
  expect(readOwner(dataDir)).toBeNull();
  await open();
});

test('a second one on the same folder is refused and names the first', async () => {
  await open();
  await expect(open()).rejects.toMatchObject({
    code: 'data-folder-owned',
    data: { ownerPid: process.pid, ownerKind: 'browser' },
  });
});

test('a window that is not built is said before anything is opened', async () => {
  await expect(open({ uiDir: path.join(folder, 'none') })).rejects.toMatchObject({
    code: 'not-found',
    data: { what: 'ui' },
  });
  expect(readdirSync(folder)).toEqual(['ui']);
});

test('a port that is taken leaves the folder free', async () => {
  const one = await open({ data: 'first' });
  await expect(open({ port: one.port, data: 'second' })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  expect(readOwner(path.join(folder, 'second'))).toBeNull();
  await open({ data: 'second' });
});
