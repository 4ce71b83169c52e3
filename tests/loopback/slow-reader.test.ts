import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { createClockDouble } from '../../engine/base/clock-double.ts';
import { silentLog } from '../../engine/base/log.ts';
import { type Loopback, openLoopback } from '../../engine/carriers/loopback.ts';
import { createSmallEngine } from './small-engine.ts';
import { openSocket } from './visitor.ts';

const opened: Loopback[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((loopback) => loopback.close()));
});

function subscribe(socket: WebSocket, id: string): void {
  socket.send(JSON.stringify({ i: id, p: { u: '/feed/subscribe', b: { json: { after: null } } } }));
}

/** Waits until the producer has stood still for a while of event loop turns: the backlog is full. */
async function standstill(produced: () => number): Promise<number> {
  for (let last = -1; last !== produced();) {
    last = produced();
    for (let turn = 0; turn < 2000; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }
  return produced();
}

test('a reader that stops reading makes its own stream wait, and goes on where it stood', async () => {
  const engine = createSmallEngine();
  engine.pad(200);
  const loopback = await openLoopback({ engine, clock: createClockDouble(), log: silentLog });
  opened.push(loopback);
  const socket = await openSocket(loopback);
  const numbers: number[] = [];
  socket.on('message', (data: Buffer) => {
    const seq = /"seq":(\d+)/.exec(data.toString('utf8'))?.[1];
    if (seq) numbers.push(Number(seq));
  });
  socket.pause();
  subscribe(socket, 'slow');
  await expect.poll(() => engine.counts.produced).toBeGreaterThan(0);
  const produced = await standstill(() => engine.counts.produced);
  // About ten kilobytes each: a megabyte here and what the kernel holds, nothing like all that could be produced.
  expect(produced).toBeLessThan(5000);

  // Another reader is not held up by the slow one.
  const other = await openSocket(loopback);
  other.send(JSON.stringify({ i: 'quick', p: { u: '/lives/list', b: { json: {} } } }));
  await once(other, 'message');

  socket.resume();
  await expect.poll(() => numbers.length).toBeGreaterThan(produced + 1000);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
});

test('a reader that stays stuck is cut off with a reason', async () => {
  const engine = createSmallEngine();
  engine.pad(200);
  const clock = createClockDouble();
  const warnings: unknown[] = [];
  const log = { ...silentLog, warn: (fields: object) => void warnings.push(fields) };
  const loopback = await openLoopback({ engine, clock, log });
  opened.push(loopback);
  const socket = await openSocket(loopback);
  socket.pause();
  subscribe(socket, 'stuck');
  await expect.poll(() => engine.counts.produced).toBeGreaterThan(0);
  await standstill(() => engine.counts.produced);
  await clock.advance(30_001);
  expect(warnings).toContainEqual({ reason: 'reader-too-slow' });

  const closed = once(socket, 'close');
  socket.resume();
  const [code, reason] = (await closed) as [number, Buffer];
  expect([code, reason.toString('utf8')]).toEqual([4008, 'reader-too-slow']);
  await expect.poll(() => engine.counts.openStreams).toBe(0);
});

test('a backlog above the limit cuts the reader off', async () => {
  const engine = createSmallEngine();
  engine.pad(200);
  const clock = createClockDouble();
  const limits = { waitAboveBytes: 512 * 1024, cutAboveBytes: 600 * 1024 };
  const loopback = await openLoopback({ engine, clock, log: silentLog, socketLimits: limits });
  opened.push(loopback);
  const socket = await openSocket(loopback);
  socket.pause();
  // Many streams of one reader, each entitled to wait with one message in hand.
  for (let stream = 0; stream < 200; stream += 1) subscribe(socket, `s${stream}`);
  await expect.poll(() => engine.counts.produced).toBeGreaterThan(0);
  await standstill(() => engine.counts.produced);
  const closed = once(socket, 'close');
  socket.resume();
  expect((await closed)[0]).toBe(4008);
  await expect.poll(() => engine.counts.openStreams).toBe(0);
});
