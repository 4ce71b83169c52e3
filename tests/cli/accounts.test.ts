import { expect, onTestFinished, test, vi } from 'vitest';
import { run } from '../../headless/commands/run.ts';
import { connect } from '../../headless/connect.ts';
import { temporaryFolder } from '../../engine/testing/temporary-folder.ts';
import { systemClock } from '../../engine/base/clock.ts';
import { demoLive, testEngineOptions } from '../support/engine-options.ts';
import { startTikTok } from '../support/tiktok/tiktok.ts';
import { jsonLines } from './run-vigie.ts';

vi.setConfig({ testTimeout: 60_000 });

/** The program without its process, on a data folder of its own. */
function terminal(dataDir = temporaryFolder(), locale = 'en') {
  return async (...argv: string[]) => {
    const text = { stdout: '', stderr: '' };
    const code = await run(
      {
        argv: [...argv, '--data', dataDir, '--locale', locale],
        env: {},
        cwd: dataDir,
        stdin: process.stdin,
        stdout: { write: (chunk) => (text.stdout += chunk) },
        stderr: { write: (chunk) => (text.stderr += chunk) },
        outputClosed: new AbortController().signal,
        monotonicMs: () => performance.now(),
        now: () => Date.now(),
      },
      (error) => expect.fail(String(error)),
    );
    return { code, ...text };
  };
}

test('accounts are followed, changed, paused, removed and taken back by name, and each answer is one line of JSON', async () => {
  const dataDir = temporaryFolder();
  const settings = { network: false };
  const running = await connect({ dataDir, engineOptions: testEngineOptions(dataDir, { settings }), door: true });
  const vigie = terminal(dataDir);
  const json = async (...argv: string[]) => jsonLines((await vigie(...argv, '--json')).stdout);

  const added = await vigie(
    'accounts',
    'add',
    '@Lea.Direct',
    'https://www.tiktok.com/@marc_42/live?a=1 vm.tiktok.com/x',
    '--json',
  );
  expect(added.code).toBe(3);
  expect(jsonLines(added.stdout)).toEqual([
    expect.objectContaining({
      type: 'account',
      done: 'added',
      handle: 'Lea.Direct',
      policy: 'transcribe',
      priority: 1,
    }),
    expect.objectContaining({ type: 'account', done: 'added', handle: 'marc_42' }),
    expect.objectContaining({
      type: 'account-refused',
      reason: 'short-link',
      message: expect.stringMatching(/short link/),
    }),
  ]);
  // Once more changes nothing and is no failure.
  expect(await vigie('accounts', 'add', 'LEA.direct', '--json')).toMatchObject({ code: 0 });

  await json('cases', 'add', 'Élections 2027', '--glossary', 'Léa Martin; Nouveau Front', '--expires', '2027-01-31');
  const [changed] = await json(
    'accounts',
    'set',
    'lea.direct',
    '--priority',
    'urgent',
    '--policy',
    'keep-audio',
    '--case',
    'élections 2027',
    '--language',
    'auto',
  );
  const [known] = await json('cases');
  expect(changed).toMatchObject({
    done: 'changed',
    priority: 0,
    policy: 'keep-audio',
    language: 'auto',
    caseId: known?.['caseId'],
  });
  expect(await json('accounts', 'set', '@Lea.Direct', '--case', 'none', '--language', 'none')).toEqual([
    expect.objectContaining({ caseId: null, language: null }),
  ]);
  expect(await json('accounts', 'pause', '@marc_42')).toEqual([
    expect.objectContaining({ paused: true, nextCheckAt: null }),
  ]);
  expect(await json('accounts', 'resume', '@marc_42')).toEqual([expect.objectContaining({ paused: false })]);
  // Nothing half done for one mistyped name among others.
  const mistyped = await vigie('accounts', 'remove', '@marc_42', '@nobody');
  expect([mistyped.code, mistyped.stderr]).toEqual([7, expect.stringMatching(/@nobody/)]);
  expect((await json('accounts')).map(({ handle }) => handle)).toEqual(['Lea.Direct', 'marc_42']);

  const removed = await vigie('accounts', 'remove', '@MARC_42');
  const back = /vigie accounts restore (\S+)/.exec(removed.stdout)?.[1];
  expect((await json('accounts')).map(({ handle }) => handle)).toEqual(['Lea.Direct']);
  expect(await json('accounts', 'restore', back!)).toEqual([
    expect.objectContaining({ done: 'restored', handle: 'marc_42' }),
  ]);
  expect((await vigie('accounts', 'check', 'marc_42')).stderr).not.toMatch(/No Vigie runs/);
  // Without an engine that runs, nobody would look; paused, so that this one does not either.
  await json('accounts', 'pause', 'marc_42');
  await running.close();
  expect((await vigie('accounts', 'check', 'marc_42')).stderr).toMatch(/No Vigie runs on this folder/);
});

test('each step of a test is told with its answer and its time, by the engine that runs', async () => {
  const tiktok = await startTikTok(systemClock);
  onTestFinished(() => tiktok[Symbol.asyncDispose]());
  tiktok.account('lea').goLive();
  const dataDir = temporaryFolder();
  const engineOptions = testEngineOptions(dataDir, {
    platforms: { tiktok: { ...tiktok.origins, allowPrivate: true } },
  });
  const running = await connect({ dataDir, engineOptions, door: true, ownEngineOnly: true });
  onTestFinished(() => running.close());

  const vigie = terminal(dataDir);
  const lines = jsonLines((await vigie('accounts', 'test', '@lea', '--json')).stdout);
  const steps = lines.filter(({ type }) => type === 'account-step');
  expect(steps.map(({ step, outcome }) => [step, outcome])).toContainEqual(['stream', 'ok']);
  for (const step of steps) expect(step).toMatchObject({ handle: 'lea', tookMs: expect.any(Number) });
  expect(lines.at(-1)).toMatchObject({ type: 'account-test', state: 'en_ligne', reason: 'on-air', retryAt: null });

  tiktok.block('challenge');
  const blocked = await vigie('accounts', 'test', '@lea');
  expect([blocked.code, blocked.stdout]).toEqual([8, expect.stringMatching(/✗ .*page.*\d+ ms/i)]);
  expect(blocked.stdout).not.toMatch(/undefined|{{|offline/);
});

test('a case is opened, changed, closed and reopened by its title, and a live goes into it', async () => {
  const vigie = terminal();
  const json = async (...argv: string[]) => jsonLines((await vigie(...argv, '--json')).stdout);
  const [made] = await json('cases', 'add', 'Signalement 118', '--legal-basis', 'DSA, art. 16', '--purpose', 'haine');
  expect(made).toMatchObject({
    type: 'case',
    done: 'added',
    legalBasis: 'DSA, art. 16',
    expiresAt: null,
    closedAt: null,
  });
  const [changed] = await json('cases', 'set', 'signalement 118', '--title', 'Affaire', '--expires', '2027-02-28');
  expect(changed).toMatchObject({ title: 'Affaire', expiresAt: new Date(2027, 1, 28, 23, 59, 59, 999).getTime() });
  expect((await vigie('cases', 'set', 'Affaire', '--expires', '2027-02-30')).stderr).toMatch(/2027-01-31/);
  expect((await vigie('cases', 'set', 'Affaire')).code).toBe(2);

  expect(await json('cases', 'close', 'Affaire')).toEqual([
    expect.objectContaining({ done: 'closed', closedAt: expect.any(Number) }),
  ]);
  const refused = await vigie('watch', demoLive, '--case', 'Affaire');
  expect([refused.code, refused.stderr]).toEqual([7, expect.stringMatching(/Affaire/)]);
  expect(await json('cases')).toEqual([]);
  await json('cases', 'reopen', String(made?.['caseId']));
  const silence = demoLive.replace('live-fr', 'silence-noise');
  const heard = await json('watch', silence, '--case', 'affaire');
  const liveId = String(heard.find(({ type }) => type === 'live')?.['liveId']);
  expect(await json('cases')).toEqual([expect.objectContaining({ title: 'Affaire', lives: 1 })]);
  expect(await json('cases', 'assign', liveId, 'none')).toEqual([
    { type: 'case-live', liveId, caseId: null, title: null },
  ]);
  expect(await json('cases')).toEqual([expect.objectContaining({ lives: 0 })]);
});

test('a folder is watched, paused, removed and taken back by its path', async () => {
  const vigie = terminal();
  const folder = temporaryFolder();
  const json = async (...argv: string[]) => jsonLines((await vigie('folders', ...argv, '--json')).stdout);
  const added = await vigie('folders', 'add', folder, '--recursive', '--drop-audio', '--json');
  expect(added.stderr).toMatch(/while a Vigie runs/);
  const [made] = jsonLines(added.stdout);
  expect(made).toMatchObject({
    type: 'folder',
    done: 'added',
    path: folder,
    recursive: true,
    keepAudio: false,
    message: null,
  });
  const refused = await vigie('folders', 'add', folder);
  expect([refused.code, refused.stderr]).toEqual([3, expect.stringMatching(/it is watched already/)]);
  expect(await json('pause', folder)).toMatchObject([{ done: 'paused', paused: true }]);
  expect(await json('resume', String(made?.['folderId']))).toMatchObject([{ done: 'resumed', paused: false }]);
  expect((await vigie('folders', 'files', folder)).stderr).toMatch(/No new recording/);
  const removed = await vigie('folders', 'remove', folder);
  const back = /vigie folders restore (\S+)/.exec(removed.stdout)?.[1];
  expect(await json()).toEqual([]);
  expect(await json('restore', back!)).toMatchObject([{ done: 'restored', path: folder }]);
  expect((await vigie('folders', 'pause', `${folder}-other`)).code).toBe(7);
});

test.each(['fr', 'en'])('every command of a group has its help, in %s', async (locale) => {
  const vigie = terminal(undefined, locale);
  for (const group of ['accounts', 'cases', 'folders']) {
    const { stdout, code } = await vigie(group, '--help');
    expect(code).toBe(0);
    const names = [...stdout.matchAll(/^ {2}(\w+) (?:\[options\]|<)/gm)].map((match) => match[1]!);
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) expect((await vigie(group, name, '--help')).stdout).not.toMatch(/help\.\w+\.|{{/);
  }
});
