import { link, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { externalTarget } from '../../electron/external.ts';
import { listPageFiles, type PageFiles } from '../../electron/page-files.ts';
import { hostilePaths, hostileUrls } from './hostile.ts';

let folder: string;
let files: PageFiles;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-page-'));
  const page = join(folder, 'renderer');
  await mkdir(join(page, 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.html'), 'canary');
  await writeFile(join(folder, 'other.html'), 'canary');
  await writeFile(join(page, 'index.html'), 'page');
  await writeFile(join(page, 'assets', 'a-1.js'), 'script');
  await writeFile(join(page, 'window.json.bak'), 'canary');
  await symlink(join(folder, 'secret.html'), join(page, 'link.html'));
  await link(join(folder, 'other.html'), join(page, 'hard.html'));
  await symlink(folder, join(page, 'up'));
  files = await listPageFiles(page);
});
afterAll(() => rm(folder, { recursive: true }));

it('knows the built files, and neither links nor other kinds', () => {
  expect([...files.addresses].sort()).toEqual(['vigie-app://app/assets/a-1.js', 'vigie-app://app/index.html']);
});

it.each([
  ['vigie-app://app/index.html', 'GET', 200, 'text/html; charset=utf-8', 'page'],
  ['vigie-app://app/index.html#/review', 'GET', 200, 'text/html; charset=utf-8', 'page'],
  ['vigie-app://app/assets/a-1.js', 'GET', 200, 'text/javascript; charset=utf-8', 'script'],
  ['vigie-app://app/index.html', 'HEAD', 200, 'text/html; charset=utf-8', ''],
  ['vigie-app://app/index.html', 'POST', 405, 'text/plain; charset=utf-8', ''],
  ['vigie-app://app/', 'GET', 404, 'text/plain; charset=utf-8', ''],
])('%s by %s: %i', async (url, method, status, type, body) => {
  const answer = await files.answer({ url, method });
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([status, type, body]);
});

it('serves nothing else, whatever 5,000 addresses say', async () => {
  const own = new Set(files.addresses);
  const served: string[] = [];
  for (const url of hostilePaths(5_000)) {
    for (const form of [url, URL.canParse(url) ? new URL(url).href : url]) {
      const answer = await files.answer({ url: form, method: 'GET' });
      const body = await answer.text();
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(body).not.toContain('canary');
      if (body !== '' && !own.has(form.replace(/#.*$/s, ''))) served.push(form);
    }
  }
  expect(served).toEqual([]);
});

it('would let no program open any of 2,000 hostile addresses', () => {
  const let_through = hostileUrls(2_000).filter((url) => externalTarget(url) !== null);
  expect(let_through).toEqual([]);
});

it.each([
  ['https://www.tiktok.com/@someone/live', 'www.tiktok.com'],
  ['https://example.org', 'example.org'],
  ['HTTPS://Example.ORG/a?b=c#d', 'example.org'],
  ['https://bücher.example/', 'xn--bcher-kva.example'],
])('may open %s', (url, host) => expect(externalTarget(url)?.host).toBe(host));
