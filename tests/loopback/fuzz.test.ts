import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { errorCodes } from '#shared/errors.ts';
import { type Engine, type Loopback, openEngine, openLoopback, silentLog, systemClock } from '../../engine/index.ts';
import { createRandom, malformed, type Malformed } from './malformed.ts';
import { clientOn, openSocket } from './visitor.ts';

const seed = Number(process.env.VIGIE_SEED ?? 20_260_101);
const total = 10_000;
const dataDir = mkdtempSync(path.join(tmpdir(), 'vigie-fuzz-'));
let engine: Engine;
let loopback: Loopback;

beforeAll(async () => {
  engine = await openEngine({
    dataDir,
    resourcesDir: path.resolve(import.meta.dirname, '../../resources'),
    owner: 'test',
    // Nothing is heard here: a hostile message that got as far as a program would fail to start it.
    binaries: { ffmpeg: path.join(dataDir, 'none'), speechWorker: null, node: { path: process.execPath, args: [] } },
  });
  loopback = await openLoopback({ engine, clock: systemClock, log: silentLog });
});
afterAll(async () => {
  await loopback.close();
  await engine.close();
  rmSync(dataDir, { recursive: true, force: true });
});

type Outcome = { kind: 'error'; code: string } | { kind: 'close'; code: number } | { kind: 'answer'; text: string };

/** Sends one message and waits for what comes of it. */
function outcomeOf(socket: WebSocket, message: Malformed): Promise<Outcome> {
  return new Promise((resolve) => {
    const end = (outcome: Outcome) => {
      socket.off('message', onMessage);
      socket.off('close', onClose);
      resolve(outcome);
    };
    const onClose = (code: number) => end({ kind: 'close', code });
    const onMessage = (data: Buffer) => {
      const text = data.toString('utf8');
      const answer = JSON.parse(text) as { i: string; p?: { s?: number; b?: { json?: { code?: string } } } };
      if (message.id !== null && answer.i !== message.id) return;
      const code = answer.p?.b?.json?.code;
      end((answer.p?.s ?? 200) >= 400 && code ? { kind: 'error', code } : { kind: 'answer', text });
    };
    socket.on('message', onMessage);
    socket.on('close', onClose);
    if (message.raw)
      (socket as unknown as { _socket: { write(data: Buffer): void } })._socket.write(message.data as Buffer);
    else socket.send(message.data);
  });
}

async function heapAfterCollection(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 3; round += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
  return process.memoryUsage().heapUsed;
}

test(`${total} malformed messages: each a typed error or a clean close, the process flat`, async () => {
  const random = createRandom(seed);
  const codes = new Set<string>(errorCodes);
  const tally = { error: 0, close: 0, reply: 0 };
  const factsBefore = (await engine.client().system.status()).seq;
  let next = 0;
  let heapAtStart = 0;

  const worker = async () => {
    let socket = await openSocket(loopback);
    while (next < total) {
      const number = next++;
      const message = malformed(random, number);
      const outcome = await outcomeOf(socket, message);
      const note = `seed ${seed}, message ${number}: ${message.data.toString('utf8').slice(0, 200)}`;
      if (message.expected === 'reply') expect(outcome.kind, note).not.toBe('close');
      else expect(outcome.kind, `${note} -> ${JSON.stringify(outcome)}`).toBe(message.expected);
      if (outcome.kind === 'error') expect(codes, note).toContain(outcome.code);
      if (outcome.kind === 'close') {
        expect([1002, 1007, 1008, 1009], note).toContain(outcome.code);
        socket = await openSocket(loopback);
      }
      tally[message.expected] += 1;
    }
    socket.terminate();
  };
  const run = async (until: number) => {
    const all = Array.from({ length: 8 }, worker);
    await Promise.all(all);
    expect(next).toBeGreaterThanOrEqual(until);
  };

  // The first messages warm up code and caches; growth is measured over the rest.
  const warm = await openSocket(loopback);
  for (let number = 0; number < 300; number += 1) {
    const message = malformed(createRandom(number), number + total);
    if (message.expected === 'error') await outcomeOf(warm, message);
  }
  heapAtStart = await heapAfterCollection();
  await run(total);
  const grownBytes = (await heapAfterCollection()) - heapAtStart;

  expect(tally.error + tally.close + tally.reply).toBe(total);
  expect(tally.error).toBeGreaterThan(total / 2);
  expect(tally.close).toBeGreaterThan(total / 10);
  expect(grownBytes).toBeLessThan(8 * 1024 * 1024);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  const { seq, captures } = await engine.client().system.status();
  expect({ changed: await changesSince(factsBefore, seq), captures }).toEqual({ changed: [], captures: 0 });
  // The connection that saw hundreds of them still works.
  expect(await clientOn(warm).lives.list({})).toEqual({ items: [], next: null });
  warm.terminate();
}, 120_000);

/** Kinds of facts that say something was done, in (from, to]; that content was read is not one. */
async function changesSince(from: number, to: number): Promise<string[]> {
  const kinds: string[] = [];
  if (to === from) return kinds;
  for await (const event of await engine.client().feed.subscribe({ after: from })) {
    if (event.type === 'behind') throw new Error('too many facts to look at');
    if (event.type === 'fact' && event.fact.kind !== 'personal-data.read') kinds.push(event.fact.kind);
    if (event.type === 'caught-up') break;
  }
  return kinds;
}

test('a call id in use and a flood of open calls are refused, not answered twice', async () => {
  const socket = await openSocket(loopback);
  const client = clientOn(socket);
  const streams = await Promise.all(Array.from({ length: 256 }, () => client.feed.subscribe({ after: null })));
  const over = await client.lives.list({}).catch((error: unknown) => error);
  expect(over).toMatchObject({ code: 'bad-input' });
  await Promise.all(streams.map((stream) => stream.return(undefined)));
  await expect.poll(() => client.lives.list({}).catch(() => null)).toEqual({ items: [], next: null });

  const closed = new Promise((resolve) => socket.once('close', resolve));
  const twice = JSON.stringify({ i: 'same', p: { u: '/feed/subscribe', b: { json: { after: null } } } });
  socket.send(twice);
  socket.send(twice);
  expect(await closed).toBe(1008);
});
