import { setImmediate as nextTurn } from 'node:timers/promises';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { implement, ORPCError } from '@orpc/server';
import { afterEach, expect, it } from 'vitest';
import { contract, type EngineClient } from '#shared/contract/index.ts';
import { defaultSettings } from '#shared/model/settings.ts';
import type { CallContext } from './context.ts';
import { silentLog } from '../base/log.ts';
import { crossTheWall } from './implement.ts';
import { servePort } from './port.ts';

const context: CallContext = { actor: { id: 'profile', name: 'Vigie' }, permissions: new Set(['read']) };
const ends: (() => void)[] = [];
afterEach(() => ends.splice(0).forEach((end) => end()));

/** Two real calls and a stream that tells when its `finally` ran. */
function createRouter() {
  const { promise: streamEnded, resolve } = Promise.withResolvers<void>();
  const os = implement(contract).$context<CallContext>();
  const router = {
    system: {
      settings: os.system.settings.handler(() => defaultSettings),
      doctor: os.system.doctor.handler(() => {
        throw crossTheWall(new Error('something private'), 'system.doctor', silentLog);
      }),
    },
    lives: {
      get: os.lives.get.handler(({ input }) => {
        throw new ORPCError('not-found', { defined: true, status: 404, data: { what: 'live', id: input.liveId } });
      }),
    },
    feed: {
      subscribe: os.feed.subscribe.handler(async function* () {
        try {
          for (let seq = 1; ; seq += 1) {
            yield { type: 'caught-up' as const, seq };
            await nextTurn();
          }
        } finally {
          resolve();
        }
      }),
    },
  };
  return { router, streamEnded };
}

function connect() {
  const { router, streamEnded } = createRouter();
  const { port1, port2 } = new MessageChannel();
  ends.push(servePort(port1, { router, context, log: silentLog }), () => port2.close());
  const client = createORPCClient(new RPCLink({ port: port2 })) as EngineClient;
  port2.start();
  return { client, far: port2, streamEnded };
}

const ended = (port: MessagePort) => new Promise<void>((resolve) => port.once('close', resolve));

it('answers a call', async () => {
  await expect(connect().client.system.settings()).resolves.toEqual(defaultSettings);
});

it('hands on a typed error with its data', async () => {
  const liveId = '0190a000-0000-7000-8000-000000000001';
  await expect(connect().client.lives.get({ liveId })).rejects.toMatchObject({
    code: 'not-found',
    data: { what: 'live', id: liveId },
  });
});

it('says nothing of a defect but that there was one', async () => {
  const refusal = connect().client.system.doctor();
  await expect(refusal).rejects.toMatchObject({ code: 'internal' });
  await expect(refusal).rejects.not.toMatchObject({ message: expect.stringContaining('private') as string });
});

it('names a call that does not exist', async () => {
  await expect(connect().client.review.undo({ decisionId: 'x', commandId: 'y' })).rejects.toMatchObject({
    code: 'not-found',
  });
});

it('streams in order, and leaving the loop runs the finally of the handler', async () => {
  const { client, streamEnded } = connect();
  const seqs: number[] = [];
  for await (const event of await client.feed.subscribe({ after: null })) {
    if (event.type === 'caught-up') seqs.push(event.seq);
    if (seqs.length === 5) break;
  }
  expect(seqs).toEqual([1, 2, 3, 4, 5]);
  await streamEnded;
});

it('runs the finally of the handler when the call is aborted', async () => {
  const { client, streamEnded } = connect();
  const abort = new AbortController();
  const stream = await client.feed.subscribe({ after: null }, { signal: abort.signal });
  await stream.next();
  abort.abort();
  await streamEnded;
});

it('runs the finally of the handler when the window goes away', async () => {
  const { client, far, streamEnded } = connect();
  const stream = await client.feed.subscribe({ after: null });
  await stream.next();
  far.close();
  await streamEnded;
});

it('answers a wrong message that names its call, and goes on serving', async () => {
  const { client, far } = connect();
  const answer = new Promise((resolve) => far.once('message', resolve));
  far.postMessage(JSON.stringify({ i: '77', p: { u: 'http://elsewhere/system/settings' } }));
  expect(JSON.parse(String(await answer))).toMatchObject({
    i: '77',
    p: { s: 400, b: { json: { code: 'bad-input' } } },
  });
  await expect(client.system.settings()).resolves.toEqual(defaultSettings);
});

it.each([
  ['nonsense', '{'],
  ['no text', { i: '1' }],
  ['bytes', new Uint8Array([1, 2, 255])],
  [
    'more than a mebibyte',
    JSON.stringify({ i: '1', p: { u: '/system/settings', b: { json: 'x'.repeat(1024 * 1024) } } }),
  ],
])('ends the port on %s', async (_, message) => {
  const { far } = connect();
  const closed = ended(far);
  far.postMessage(message);
  await closed;
});
