import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { connect } from '../../headless/connect.ts';
import { engineOptionsFor } from '../../headless/engine-options.ts';
import { jsonLines, startVigie, temporaryFolder, type Vigie, vigie } from './run-vigie.ts';

const demoLive = path.resolve(import.meta.dirname, '../../resources/demo/live-fr.ogg');
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let running: Vigie | null = null;

beforeAll(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  running?.child.kill('SIGKILL');
  await running?.finished;
  running = null;
});
afterAll(() => folder.remove());
vi.setConfig({ testTimeout: 240_000 });

/** A live at the pace of real time: runs for minutes unless it is stopped. */
async function watching(data: string): Promise<Vigie> {
  running = startVigie(['watch', demoLive, '--speed', '1', '--title', 'Direct', '--json', '--data', data]);
  await running.said(/"type":"live"/);
  return running;
}

it('lets other commands talk to the engine that runs, and ends gently at the first Ctrl-C', async () => {
  const data = path.join(folder.path, 'shared');
  const first = await watching(data);
  await first.said(/"type":"segment"/);

  const lives = await vigie(['lives', '--json', '--data', data]);
  expect(lives.stderr).toMatch(new RegExp(`already runs.*process ${first.child.pid}`));
  expect(jsonLines(lives.stdout)).toEqual([expect.objectContaining({ title: 'Direct', state: 'en_cours' })]);

  first.child.kill('SIGINT');
  const { code, stdout, stderr } = await first.finished;
  expect(stderr).toMatch(/No longer listening/);
  expect(code).toBe(130);
  const end = jsonLines(stdout).at(-1)!;
  expect(end).toMatchObject({ type: 'end', state: 'interrompu', reason: 'stopped-by-us', failed: 0 });
  expect(end.segments).toBe(jsonLines(stdout).filter(({ type }) => type === 'segment').length);
});

it('pauses, catches up and resumes from another terminal, and both terminals say so', async () => {
  const data = path.join(folder.path, 'lanes');
  const first = await watching(data);
  const asked = async (...argv: string[]) => jsonLines((await vigie([...argv, '--json', '--data', data])).stdout)[0];
  expect(await asked('pause')).toMatchObject({ type: 'lane', done: 'paused', liveId: null });
  await first.said(/"done":"transcription.paused"/);
  const liveId = String((await asked('lives'))?.['liveId']);
  await vi.waitUntil(async () => ((await asked('lives'))?.['segments'] as number) >= 3, {
    timeout: 60_000,
    interval: 500,
  });
  const skipped = await asked('catch-up', liveId);
  expect(skipped).toMatchObject({ type: 'lane', done: 'catch-up', liveId, moved: expect.any(Number) });
  expect(skipped?.['moved']).toBeGreaterThan(0);
  await first.said(/"done":"lane.skipped"/);
  expect(await asked('catch-up', liveId, '--undo')).toMatchObject({ done: 'catch-up-undone', liveId });
  expect(await asked('resume')).toMatchObject({ done: 'resumed', liveId: null });
});

it('hears and tells a second live through the engine of another process', async () => {
  const data = path.join(folder.path, 'second');
  await watching(data);
  const noise = path.resolve(import.meta.dirname, '../../resources/demo/silence-noise.ogg');
  const second = await vigie(['watch', noise, '--json', '--data', data]);
  expect(second.code).toBe(0);
  const lines = jsonLines(second.stdout);
  expect(lines[0]).toMatchObject({ type: 'live', source: 'silence-noise.ogg' });
  expect(lines.at(-1)).toMatchObject({ type: 'end', state: 'termine', written: 0, alerts: 0 });
});

it('refuses a second engine within a second and names the owner', async () => {
  const data = path.join(folder.path, 'owned');
  const first = await watching(data);
  // Standard input needs an engine of its own, and the folder has one.
  const second = await vigie(['watch', '-', '--data', data]);
  expect(second.code).toBe(6);
  expect(second.stderr).toMatch(new RegExp(`the command line.*${first.child.pid}`));

  // The refusal itself, without the start of Node on a machine that may be busy.
  const engineOptions = engineOptionsFor({ dataDir: data, owner: 'test', env: {} });
  const since = performance.now();
  await expect(connect({ dataDir: data, engineOptions, door: false, ownEngineOnly: true })).rejects.toMatchObject({
    code: 'data-folder-owned',
    data: { ownerPid: first.child.pid, ownerKind: 'command-line' },
  });
  expect(performance.now() - since).toBeLessThan(1000);
});

it('leaves at once at the second Ctrl-C, and the next engine goes on', async () => {
  const data = path.join(folder.path, 'left');
  const first = await watching(data);
  first.child.kill('SIGINT');
  await first.said(/No longer listening/);
  first.child.kill('SIGINT');
  await once(first.child, 'exit');
  expect(first.child.exitCode).toBe(130);
  const owner = await readFile(path.join(data, 'owner.json'), 'utf8').catch(() => 'gone');
  const lives = await vigie(['lives', '--json', '--data', data]);
  // The record of an owner that is gone does not stand in the way.
  expect([lives.code, owner === 'gone' || JSON.parse(owner).pid === first.child.pid]).toEqual([0, true]);
  expect(jsonLines(lives.stdout)).toHaveLength(1);
});

it('hears standard input', async () => {
  const noise = await readFile(path.resolve(import.meta.dirname, '../../resources/demo/silence-noise.ogg'));
  const { code, stdout } = await vigie(
    ['watch', '-', '--json', '--title', 'Tuyau', '--data', path.join(folder.path, 'stdin')],
    { stdin: noise },
  );
  expect(code).toBe(0);
  expect(jsonLines(stdout).at(-1)).toMatchObject({
    type: 'end',
    title: 'Tuyau',
    state: 'termine',
    soundMs: expect.any(Number),
  });
});
