import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Fact } from '#shared/model/fact.ts';
import { reserveBytes } from '../../engine/capture/room.ts';
import { demo, make, temporaryFolder } from '../capture/support.ts';
import { createFastClock } from '../support/fast-clock.ts';
import { playFlv, splitFlv } from '../support/origin/flv.ts';
import { startOrigin } from '../support/origin/origin.ts';
import { command, temporaryEngine } from '../support/temporary-engine.ts';

const until = async (check: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await check())) await new Promise((resolve) => setTimeout(resolve, 20));
};

test('a disk that fills up: warned an hour ahead, paused with decisions still possible, taken up again by itself', async () => {
  await using origin = await startOrigin();
  await using folder = await temporaryFolder();
  await make('-stream_loop', '4', '-i', demo('live-en.ogg'), '-t', '240', '-c:a', 'aac', join(folder.path, 'a.flv'));
  const flv = splitFlv(await readFile(join(folder.path, 'a.flv')));
  const clock = createFastClock(10);
  origin.route('/live', (request, response, visit) =>
    playFlv(flv, clock, visit === 1 ? 0 : 100_000, 120_000, () => undefined)(request, response, visit),
  );
  let free = 100_000_000_000;
  const { engine } = await temporaryEngine({ clock, freeBytes: () => Promise.resolve(free) });
  const client = engine.client();
  const facts: Fact[] = [];
  const listening = new AbortController();
  const listen = (async () => {
    for await (const event of await client.feed.subscribe({ after: 0 }, { signal: listening.signal }))
      if (event.type === 'fact') facts.push(event.fact);
  })().catch(() => undefined);
  const states = () => facts.filter(({ kind }) => kind === 'capture.state').map(({ data }) => data.state);
  const room = async () => (await client.system.status()).disk;

  const { liveId } = await client.lives.watch({
    source: origin.url('/live'),
    allowPrivate: true,
    commandId: command(),
  });
  await until(() => states().includes('capturing'));
  expect(await room()).toMatchObject({ state: 'ok' });

  free = reserveBytes + 40 * 60 * 32_000;
  await until(async () => (await room()).state === 'low');
  expect(await room()).toEqual({ state: 'low', minutesLeft: 40 });
  expect(states().at(-1)).toBe('capturing');

  free = reserveBytes - 1;
  await until(() => states().at(-1) === 'disk-full');
  const fullAt = clock.monotonicMs();
  await client.cases.create({ title: 'made while the disk is full', commandId: command() });
  await until(() => clock.monotonicMs() - fullAt > 30_000);
  expect((await client.lives.get({ liveId })).live.captureState).toBe('disk-full');

  free = 100_000_000_000;
  const freedAt = clock.monotonicMs();
  await until(() => states().at(-1) === 'capturing');
  expect(clock.monotonicMs() - freedAt).toBeLessThan(10_000);
  await until(async () => (await client.lives.get({ liveId })).gaps.some(({ startMs }) => startMs > 0));
  const gap = (await client.lives.get({ liveId })).gaps.find(({ startMs }) => startMs > 0);
  expect(gap?.cause).toBe('disk');
  expect((gap?.endMs ?? 0) - (gap?.startMs ?? 0)).toBeGreaterThan(25_000);
  expect(facts.filter(({ kind }) => kind.startsWith('disk.')).map(({ kind, data }) => [kind, data.state])).toEqual([
    ['disk.low', 'low'],
    ['disk.low', 'full'],
    ['disk.ok', 'ok'],
  ]);
  await client.lives.stop({ liveId, commandId: command() });
  listening.abort();
  await listen;
});
