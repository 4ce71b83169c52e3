import { expect, test } from 'vitest';
import { demoLive } from '../support/engine-options.ts';
import { command, temporaryEngine } from '../support/temporary-engine.ts';

test('paused, everything is heard and nothing is written; switched on again in the settings, the words come', async () => {
  const { engine } = await temporaryEngine();
  const client = engine.client();
  await client.lanes.pause({ liveId: null, paused: true, commandId: command() });
  const { liveId } = await client.lives.watch({ source: demoLive, commandId: command() });
  const live = async () => (await client.lives.get({ liveId })).live;
  await expect.poll(async () => (await live()).captureState, { timeout: 30_000, interval: 100 }).toBe('ended');
  expect(await live()).toMatchObject({ state: 'en_cours', writtenMs: 0 });
  expect((await live()).openSegments).toBeGreaterThan(10);
  expect(await client.lanes.get({ liveId })).toMatchObject({ pausedAll: true, paused: false, onDemand: true });

  await client.system.changeSettings({ patch: { transcriptionPaused: false }, commandId: command() });
  await expect.poll(async () => (await live()).writtenMs, { timeout: 30_000, interval: 100 }).toBeGreaterThan(0);
});
