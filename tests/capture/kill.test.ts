import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { listSpool, readSound, spoolEnd } from '../../engine/capture/spool.ts';
import { splitFlv } from '../support/origin/flv.ts';
import { startOrigin } from '../support/origin/origin.ts';
import type { Task } from './capture-child.ts';
import { demo, directSound, ffmpeg, make, type Piece, temporaryFolder, tiles } from './support.ts';

const script = fileURLToPath(new URL('capture-child.ts', import.meta.url));

type Line = { word: string; value: string };

/** Starts the child; `onLine` may kill it. Resolves with its lines when it is gone. */
async function run(task: Task, onLine: (line: Line, child: ChildProcess) => void = () => undefined): Promise<Line[]> {
  const child = spawn(process.execPath, [script, JSON.stringify(task)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: Line[] = [];
  for await (const text of createInterface({ input: child.stdout })) {
    const [word = '', value = ''] = text.split(' ');
    lines.push({ word, value });
    onLine({ word, value }, child);
  }
  return lines;
}

const ledgerOf = async (task: Task): Promise<(Piece & { type: string; cause?: string })[]> =>
  (await readFile(task.ledger, 'utf8'))
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Piece & { type: string });

const tilesOf = async (task: Task) => {
  const entries = await ledgerOf(task);
  const of = (type: string) => entries.filter((entry) => entry.type === type);
  return tiles({ segments: of('segment'), gaps: of('gap') } as never);
};

test('killed again and again, a file is heard whole: no sample lost, none twice', async () => {
  await using folder = await temporaryFolder();
  const task: Task = {
    source: { kind: 'file', path: demo('live-en.ogg') },
    spoolDir: join(folder.path, 'spool'),
    ledger: join(folder.path, 'ledger'),
    ffmpeg,
    startedAt: 0,
    factor: 12,
    live: false,
  };
  // Seeded instants, in ms of sound; the last run is left alone.
  for (const killAt of [1_700, 9_900, 14_300, 30_100, 31_900, 47_000]) {
    await run(task, ({ word, value }, child) => {
      if (word === 'captured' && Number(value) >= killAt) child.kill('SIGKILL');
    });
  }
  const last = await run(task);
  expect(last.at(-1)).toEqual({ word: 'end', value: 'ended' });
  const direct = await directSound(demo('live-en.ogg'));
  expect(await spoolEnd(task.spoolDir)).toBe(Math.ceil(direct.length / 16));
  const kept = (await readSound(task.spoolDir, 0, Math.ceil(direct.length / 16))).subarray(0, direct.length);
  expect(Buffer.compare(Buffer.from(kept.buffer, 0, direct.byteLength), Buffer.from(direct.buffer))).toBe(0);
  expect(await tilesOf(task)).toEqual({ startMs: 0, endMs: Math.ceil(direct.length / 16) });
  expect((await ledgerOf(task)).filter(({ type }) => type === 'gap')).toEqual([]);
  expect((await listSpool(task.spoolDir)).length).toBeGreaterThan(6);
});

test('killed, a live goes on with a gap of cause crash from the last sample on disk', async () => {
  await using folder = await temporaryFolder();
  await using origin = await startOrigin();
  await make('-i', demo('live-en.ogg'), '-c:a', 'aac', join(folder.path, 'a.flv'));
  const { header, tags } = splitFlv(await readFile(join(folder.path, 'a.flv')));
  origin.route('/live', async (_, response, visit) => {
    response.write(header);
    const from = visit === 1 ? 0 : 20_000;
    for (const tag of tags.filter(({ atMs }) => atMs === 0 || (atMs >= from && atMs < from + 20_000))) {
      if (!response.write(tag.bytes))
        await new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
    }
    if (visit > 1) response.destroy();
  });
  const task: Task = {
    source: { kind: 'url', url: origin.url('/live'), allowPrivate: true },
    spoolDir: join(folder.path, 'spool'),
    ledger: join(folder.path, 'ledger'),
    ffmpeg,
    startedAt: Date.now() - 60_000,
    factor: 1,
    live: true,
  };
  await run(task, ({ word, value }, child) => {
    if (word === 'captured' && Number(value) > 70_000) child.kill('SIGKILL');
  });
  const before = await spoolEnd(task.spoolDir);
  // An hour later by the clock of the live.
  await run({ ...task, startedAt: task.startedAt - 3_600_000 }, ({ word, value }, child) => {
    if (word === 'captured' && Number(value) > 3_670_000) child.kill('SIGKILL');
  });
  const gaps = (await ledgerOf(task)).filter(({ type }) => type === 'gap');
  expect(gaps.map(({ cause }) => cause)).toEqual(['network', 'crash']);
  expect(gaps[1]?.startMs).toBe(before);
  expect(gaps[1]?.endMs).toBeGreaterThan(3_660_000);
  await tilesOf(task);
});

/** Whether a process still runs; one that nobody has collected yet does not. */
async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat !== '' && !/^\d+ \(.*\) [ZX]/.test(stat);
}

test.skipIf(process.platform !== 'linux')(
  'ffmpeg does not outlive its parent by two seconds, whatever it was doing',
  async () => {
    await using folder = await temporaryFolder();
    await using origin = await startOrigin();
    origin.route('/silent', (_, response) => void response.writeHead(200).write('FLV\u0001\u0004'.padEnd(9_000, '\0')));
    const file = { kind: 'file', path: demo('live-fr.ogg') } as const;
    const sources: [Task['source'], number, boolean][] = [
      // Blocked on its full stdout, and waiting for bytes that never come.
      [file, 1, false],
      [{ kind: 'url', url: origin.url('/silent'), allowPrivate: true }, 1, true],
    ];
    for (const [index, [source, factor, live]] of sources.entries()) {
      const spoolDir = join(folder.path, String(index));
      const task: Task = {
        source,
        spoolDir,
        ledger: join(folder.path, `ledger-${index}`),
        ffmpeg,
        startedAt: Date.now(),
        factor,
        live,
      };
      let pid = 0;
      await run(task, ({ word, value }, child) => {
        if (word !== 'ffmpeg') return;
        pid = Number(value);
        setImmediate(() => child.kill('SIGKILL'));
      });
      const since = performance.now();
      while ((await isAlive(pid)) && performance.now() - since < 2_000)
        await new Promise((resolve) => setImmediate(resolve));
      expect(await isAlive(pid)).toBe(false);
    }
  },
);
