import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createLogFile } from './log-file.ts';

const folder = () => mkdtempSync(path.join(tmpdir(), 'vigie-log-'));

test('lines are JSON with ids, readable by their owner only', () => {
  const dataDir = folder();
  const log = createLogFile(dataDir);
  expect(existsSync(path.join(dataDir, 'logs'))).toBe(false);
  log.child({ liveId: 'one' }).warn({ number: 3 }, 'late');
  log.debug({}, 'not kept');
  const file = path.join(dataDir, 'logs', 'vigie.log');
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0]!)).toMatchObject({ level: 40, liveId: 'one', number: 3, msg: 'late' });
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('secrets and words logged by mistake are removed', () => {
  const dataDir = folder();
  const log = createLogFile(dataDir);
  log.info(
    { token: 'CANARY', request: { cookie: 'CANARY', authorization: 'CANARY' }, segment: { text: 'CANARY' } },
    'x',
  );
  log.child({ apiKey: 'CANARY' }).error({ err: new Error('kept') }, 'y');
  const text = readFileSync(path.join(dataDir, 'logs', 'vigie.log'), 'utf8');
  expect(text).not.toContain('CANARY');
  expect(text).toContain('kept');
});

test('a log that grows is moved on, and only so many are kept', () => {
  const dataDir = folder();
  const log = createLogFile(dataDir, { maxBytes: 2000 });
  for (let number = 0; number < 200; number += 1) log.info({ number }, 'line');
  const names = readdirSync(path.join(dataDir, 'logs')).sort();
  expect(names).toEqual(['vigie.1.log', 'vigie.2.log', 'vigie.3.log', 'vigie.log']);
  const newest = readFileSync(path.join(dataDir, 'logs', 'vigie.log'), 'utf8')
    .trimEnd()
    .split('\n')
    .at(-1)!;
  expect(JSON.parse(newest)).toMatchObject({ number: 199 });
  for (const name of names) expect(statSync(path.join(dataDir, 'logs', name)).size).toBeLessThan(2200);
});
