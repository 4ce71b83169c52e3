import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerResponse } from 'node:http';
import type { ChildProcess } from 'node:child_process';
import { beforeAll, expect, test } from 'vitest';
import { silentLog } from '../../engine/base/log.ts';
import type { CaptureOptions } from '../../engine/capture/capture.ts';
import { createNet } from '../../engine/net/net.ts';
import { systemSpawn } from '../../engine/process/spawn.ts';
import { createFastClock } from '../support/fast-clock.ts';
import { playFlv, splitFlv } from '../support/origin/flv.ts';
import { type Origin, type Route, startOrigin } from '../support/origin/origin.ts';
import { demo, make, start, temporaryFolder, tiles } from './support.ts';

/** Ten times faster than life: a stall of 10 s takes one. */
const factor = 10;
let flv: ReturnType<typeof splitFlv>;

beforeAll(async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'a.flv');
  await make('-stream_loop', '3', '-i', demo('live-en.ogg'), '-t', '200', '-c:a', 'aac', path);
  flv = splitFlv(await readFile(path));
});

type Clock = ReturnType<typeof createFastClock>;

const play = (clock: Clock, fromMs: number, forMs: number, then: (response: ServerResponse) => void): Route =>
  playFlv(flv, clock, fromMs, forMs, then);

async function listen(origin: Origin, clock: Clock, spoolDir: string, more: Partial<CaptureOptions> = {}) {
  const net = createNet({ clock, log: silentLog, isAllowed: () => true });
  return start({
    source: { kind: 'url', url: origin.url('/live'), allowPrivate: true },
    spoolDir,
    net,
    clock,
    random: () => 0.5,
    ...more,
  });
}

const until = (check: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = () => (check() ? resolve() : setTimeout(look, 20));
    look();
  });

const cases: [name: string, cause: string, then: (response: ServerResponse) => void][] = [
  ['a broken connection', 'network', (response) => response.destroy()],
  ['a connection that says nothing more', 'stall', () => undefined],
  ['a server that ends the stream and has it again', 'network', (response) => void response.end()],
];
test.each(cases)('%s is a gap of the right cause, and sound goes on after it', async (_, cause, then) => {
  await using origin = await startOrigin();
  await using folder = await temporaryFolder();
  const clock = createFastClock(factor);
  origin.route('/live', (request, response, visit) =>
    visit === 1
      ? play(clock, 0, 15_000, then)(request, response, visit)
      : visit === 2
        ? play(clock, 60_000, 15_000, (each) => void each.end())(request, response, visit)
        : void response.writeHead(410).end(),
  );
  const { capture, heard } = await listen(origin, clock, folder.path);
  expect(await capture.done).toEqual({ outcome: 'ended', damaged: false });
  // At this speed even the first connection takes seconds of the clock, which are declared too.
  const gaps = heard.gaps.filter(({ startMs }) => startMs > 0);
  expect(gaps.map((gap) => gap.cause)).toEqual([cause]);
  expect(heard.states).toContain(cause === 'stall' ? 'stalled' : 'reconnecting');
  const lost = gaps[0] ?? { startMs: 0, endMs: 0 };
  // Backoff of 2 s; a stall takes 10 s to be one.
  expect(lost.endMs - lost.startMs).toBeGreaterThan(1_000);
  expect(lost.endMs - lost.startMs).toBeLessThan(cause === 'stall' ? 16_000 : 6_000);
  const first = heard.gaps.find(({ startMs }) => startMs === 0)?.endMs ?? 0;
  expect(Math.abs(lost.startMs - first - 15_000)).toBeLessThan(1_500);
  tiles(heard);
});

test('headers and a container without sound are a stall; the wait for the first sound has an end', async () => {
  await using origin = await startOrigin();
  await using folder = await temporaryFolder();
  const clock = createFastClock(factor * 4);
  origin.route('/live', (_, response) => void response.writeHead(200).write(flv.header));
  const { capture, heard } = await listen(origin, clock, folder.path);
  const end = await capture.done;
  expect(end).toMatchObject({ outcome: 'failed', error: { code: 'timed-out' } });
  expect(heard.states).toContain('stalled');
  expect(origin.visits('/live')).toBe(4);
});

test('pictures beside the sound do not hold it up', async () => {
  await using origin = await startOrigin();
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'film.flv');
  const picture = ['-f', 'lavfi', '-i', 'testsrc=size=320x180:rate=10'];
  await make(
    ...picture,
    '-i',
    demo('live-en.ogg'),
    '-t',
    '30',
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-c:a',
    'aac',
    path,
  );
  const film = splitFlv(await readFile(path));
  const clock = createFastClock(4);
  origin.route('/live', async (_, response) => {
    response.write(film.header);
    const began = clock.monotonicMs();
    for (const tag of film.tags) {
      const aheadMs = tag.atMs - (clock.monotonicMs() - began);
      if (aheadMs > 50) await clock.delay(aheadMs);
      response.write(tag.bytes);
    }
  });
  const { capture, heard } = await listen(origin, clock, join(folder.path, 'spool'));
  const began = clock.monotonicMs();
  await until(() => heard.segments.length > 1);
  expect(clock.monotonicMs() - began).toBeLessThan(20_000);
  expect(heard.states).toEqual(['starting', 'capturing']);
  await capture.stop();
});

test('an ffmpeg that stands still is replaced', async () => {
  await using origin = await startOrigin();
  await using folder = await temporaryFolder();
  const clock = createFastClock(factor);
  const children: ChildProcess[] = [];
  const spawn: CaptureOptions['spawn'] = (...args) => {
    const child = systemSpawn(...args);
    children.push(child);
    return child;
  };
  origin.route('/live', (request, response, visit) =>
    play(clock, visit === 1 ? 0 : 90_000, 80_000, () => undefined)(request, response, visit),
  );
  const { capture, heard } = await listen(origin, clock, folder.path, { spawn });
  await until(() => heard.segments.length > 0);
  children[0]?.kill('SIGSTOP');
  await until(() => heard.gaps.some(({ startMs }) => startMs > 0));
  // The source went on giving: it is ours that stood still.
  expect(heard.gaps.at(-1)?.cause).toBe('decoder');
  expect(children).toHaveLength(2);
  expect(children[0]?.signalCode ?? children[0]?.killed).toBeTruthy();
  await capture.stop();
  tiles(heard);
});

test('silence that flows is no stall', async () => {
  await using origin = await startOrigin();
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'silent.flv');
  await make('-f', 'lavfi', '-i', 'anullsrc=r=44100:cl=mono', '-t', '60', '-c:a', 'aac', path);
  const silent = splitFlv(await readFile(path));
  const clock = createFastClock(factor);
  origin.route('/live', async (_, response, visit) => {
    if (visit > 1) return void response.writeHead(404).end();
    response.write(silent.header);
    const began = clock.monotonicMs();
    for (const tag of silent.tags) {
      const aheadMs = tag.atMs - (clock.monotonicMs() - began);
      if (aheadMs > 100) await clock.delay(aheadMs);
      response.write(tag.bytes);
    }
    response.end();
  });
  const { capture, heard } = await listen(origin, clock, join(folder.path, 'spool'));
  expect(await capture.done).toEqual({ outcome: 'ended', damaged: false });
  expect(heard.states).toEqual(['starting', 'capturing', 'reconnecting', 'ended']);
  expect(heard.segments.every(({ speechLikely }) => !speechLikely)).toBe(true);
  expect(heard.segments.slice(0, -1).every(({ startMs, endMs }) => endMs - startMs === 15_000)).toBe(true);
});

test('sleep of the machine is told from a step of its clock', async () => {
  await using origin = await startOrigin();
  await using folder = await temporaryFolder();
  const clock = createFastClock(factor);
  let live: ServerResponse | null = null;
  origin.route('/live', (request, response, visit) => {
    live = response;
    return play(clock, visit === 1 ? 0 : 90_000, 80_000, () => undefined)(request, response, visit);
  });
  const { capture, heard } = await listen(origin, clock, folder.path);
  await until(() => heard.segments.length > 0);
  // Somebody sets the clock an hour ahead while the stream flows on.
  clock.stepWall(3_600_000);
  const before = clock.monotonicMs();
  await until(() => clock.monotonicMs() - before > 20_000);
  const gaps = () => heard.gaps.filter(({ startMs }) => startMs > 0);
  expect(gaps()).toEqual([]);
  // Now the machine sleeps two minutes and finds its connection dead.
  clock.stepWall(120_000);
  (live as ServerResponse | null)?.destroy();
  await until(() => gaps().length > 0);
  expect(gaps()[0]?.cause).toBe('suspended');
  const gapMs = (gaps()[0]?.endMs ?? 0) - (gaps()[0]?.startMs ?? 0);
  expect(Math.abs(gapMs - 120_000)).toBeLessThan(4_000);
  await capture.stop();
  tiles(heard);
});

test('stop makes the tail a segment; pause leaves it in the spool', async () => {
  await using origin = await startOrigin();
  await using folder = await temporaryFolder();
  const clock = createFastClock(factor);
  origin.route(
    '/live',
    play(clock, 0, 100_000, (response) => void response.end()),
  );
  for (const how of ['stop', 'pause'] as const) {
    const { capture, heard } = await listen(origin, clock, join(folder.path, how));
    await until(() => heard.segments.length > 1);
    await capture[how]();
    expect(await capture.done).toEqual({ outcome: how === 'stop' ? 'stopped' : 'paused' });
    const captured = heard.told.findLast(({ type }) => type === 'progress')?.capturedMs as number;
    if (how === 'stop') expect(tiles(heard).endMs).toBe(captured);
    else expect(tiles(heard).endMs).toBeLessThan(captured + 1);
  }
});
