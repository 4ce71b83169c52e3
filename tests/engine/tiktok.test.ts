import { expect, onTestFinished, test } from 'vitest';
import { type Engine, openEngine } from '#engine';
import { temporaryFolder } from '../../engine/testing/temporary-folder.ts';
import { testEngineOptions } from '../support/engine-options.ts';
import { createFastClock } from '../support/fast-clock.ts';
import { command } from '../support/temporary-engine.ts';
import { startTikTok } from '../support/tiktok/tiktok.ts';

/** Six times faster than life. */
const factor = 6;

test('a live of an account, from the shared link to its end, through a change of room and a restart of Vigie', async () => {
  const clock = createFastClock(factor);
  const tiktok = await startTikTok(clock);
  onTestFinished(() => tiktok[Symbol.asyncDispose]());
  const dataDir = temporaryFolder();
  let engine: Engine | null = null;
  onTestFinished(() => engine?.close());
  const open = async () => {
    const platforms = { tiktok: { ...tiktok.origins, allowPrivate: true } };
    engine = await openEngine(testEngineOptions(dataDir, { clock, platforms }));
    return engine.client();
  };
  const lea = tiktok.account('lea');
  const first = lea.goLive();
  const began = clock.now();

  const client = await open();
  const source = tiktok.shortLink('ZMabc', 'https://www.tiktok.com/@lea/live?_r=1');
  const { liveId } = await client.lives.watch({ source, commandId: command() });
  const state = async (of = client) => (await of.lives.get({ liveId })).live;
  expect(await state()).toMatchObject({ account: 'lea', sourceKind: 'tiktok', sourceLabel: 'tiktok.com/@lea' });
  await expect.poll(async () => (await state()).capturedMs).toBeGreaterThan(9_000);
  const second = lea.changeRoom();
  const sofar = (await state()).capturedMs;
  await expect.poll(async () => (await state()).capturedMs).toBeGreaterThan(sofar + 9_000);
  await (engine as Engine | null)?.close();

  // The next start asks the room it heard last, and goes on with the same live.
  const asked = tiktok.asked.length;
  const later = await open();
  await expect.poll(async () => (await state(later)).captureState).toBe('capturing');
  expect(tiktok.asked.slice(asked).map(({ step, about }) => [step, about])).toEqual([['room-info', second]]);
  const again = (await state(later)).capturedMs;
  await expect.poll(async () => (await state(later)).capturedMs).toBeGreaterThan(again + 6_000);
  const over = clock.now();
  lea.end();
  await (engine as Engine | null)?.drain();

  const { live, gaps } = await later.lives.get({ liveId });
  expect(live).toMatchObject({ state: 'termine', endReason: 'source-ended', openSegments: 0 });
  const { items: segments } = await later.lives.segments({ liveId, limit: 1000 });
  const pieces = [...segments, ...gaps].sort((a, b) => a.startMs - b.startMs);
  expect(pieces[0]?.startMs).toBe(0);
  for (const [index, piece] of pieces.entries()) if (index > 0) expect(piece.startMs).toBe(pieces[index - 1]?.endMs);
  // From the first moment to the last: what was not heard is a gap with its cause.
  expect(Math.abs((pieces.at(-1)?.endMs ?? 0) - (over - began))).toBeLessThan(4_000);
  const stop = new AbortController();
  const facts = await later.feed.subscribe({ after: 0 }, { signal: stop.signal });
  for await (const event of facts) {
    if (event.type !== 'fact' || event.fact.kind !== 'live.room-changed') continue;
    expect(event.fact).toMatchObject({ subjectId: liveId, data: { from: first, to: second } });
    break;
  }
  stop.abort();
  expect(gaps.map(({ cause }) => cause)).toContain('crash');
  expect(tiktok.listened.map(({ roomId, quality, status }) => [roomId, quality, status])).toEqual([
    [first, 'ao', 200],
    [second, 'ao', 200],
    [second, 'ao', 200],
  ]);
});
