import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import { createRouterClient, implement } from '@orpc/server';
import { WebSocket } from 'ws';
import { systemClock } from '../engine/base/clock.ts';
import { silentLog } from '../engine/base/log.ts';
import type { CallContext } from '../engine/carriers/context.ts';
import { openLoopback } from '../engine/carriers/loopback.ts';
import { servePort } from '../engine/carriers/port.ts';
import { contract, type EngineClient } from '../shared/contract/index.ts';
import { newId } from '../shared/ids.ts';
import type { FeedEvent } from '../shared/model/fact.ts';

const events = Number(process.env.VIGIE_BENCH_EVENTS ?? 50_000);
const subjectId = newId(0);

/** The feed's call with its real schemas, over a journal that never ends: what is measured is the carriers. */
const router = {
  feed: {
    subscribe: implement(contract)
      .$context<CallContext>()
      .feed.subscribe.handler(async function* ({ input }): AsyncGenerator<FeedEvent> {
        for (let seq = (input.after ?? 0) + 1; ; seq += 1) {
          // A journal is read page by page; without a pause both ends of one process would starve each other.
          if (seq % 256 === 0) await turn();
          const data = { liveId: subjectId, number: seq, scoreBp: 7000, band: 'eleve', hate: true };
          yield {
            type: 'fact',
            fact: { seq, id: subjectId, at: seq, actor: 'engine', kind: 'verdict.given', subjectId, data },
          };
        }
      }),
  },
};
const context: CallContext = { actor: { id: subjectId, name: 'bench' }, permissions: new Set(['read'] as const) };

/** Events a second through each carrier, the same facts in order, both ends in this process; the direct call is the baseline. */
export async function benchFeed(): Promise<{ name: string; rows: Record<string, string | number>[] }> {
  const direct = createRouterClient(router, { context }) as unknown as EngineClient;

  const { port1, port2 } = new MessageChannel();
  const closePort = servePort(port1, { router, context, log: silentLog });
  const port = createORPCClient<EngineClient>(new PortLink({ port: port2 }));
  port2.start();

  const loopback = await openLoopback({
    engine: { router, context: () => context },
    ui: null,
    clock: systemClock,
    log: silentLog,
  });
  const webSocket = new WebSocket(`ws://127.0.0.1:${loopback.port}/rpc`, {
    headers: { authorization: `Bearer ${loopback.cliToken}` },
    perMessageDeflate: false,
  });
  await once(webSocket, 'open');
  const socket = createORPCClient<EngineClient>(
    new SocketLink({ websocket: webSocket as unknown as globalThis.WebSocket }),
  );

  try {
    const rates: [string, number][] = [];
    for (const [name, client] of [
      ['direct call', direct],
      ['MessagePort', port],
      ['WebSocket', socket],
    ] as const) {
      await readEvents(client, events / 10);
      const startMs = performance.now();
      await readEvents(client, events);
      rates.push([name, (events * 1000) / (performance.now() - startMs)]);
    }
    const baseline = rates[0]![1];
    return {
      name: `feed: ${events} facts`,
      rows: rates.map(([carrier, rate]) => ({
        carrier,
        'events/s': Math.round(rate),
        'ratio to direct': (rate / baseline).toFixed(2),
      })),
    };
  } finally {
    webSocket.terminate();
    closePort();
    port2.close();
    await loopback.close();
  }
}

async function readEvents(client: EngineClient, count: number): Promise<void> {
  let next = 1;
  for await (const event of await client.feed.subscribe({ after: 0 })) {
    if (event.type !== 'fact' || event.fact.seq !== next) throw new Error(`fact ${next} was lost`);
    if (next++ >= count) return;
  }
  throw new Error('the feed ended');
}
