import { expect, test } from 'vitest';
import { demoLive } from '../support/engine-options.ts';
import { command, temporaryEngine } from '../support/temporary-engine.ts';

test('a person chooses how long segments may be; what is captured afterwards is cut so', async () => {
  const { engine } = await temporaryEngine({ settings: { transcriptionPaused: true } });
  const client = engine.client();
  const lengths = async (segmentSeconds: number) => {
    await client.system.changeSettings({ patch: { segmentSeconds }, commandId: command() });
    const { liveId } = await client.lives.watch({ source: demoLive, commandId: command() });
    const state = async () => (await client.lives.get({ liveId })).live.captureState;
    await expect.poll(state, { timeout: 30_000, interval: 50 }).toBe('ended');
    const { items } = await client.lives.segments({ liveId, limit: 1000 });
    return items.map(({ startMs, endMs }) => endMs - startMs);
  };
  const sum = (all: number[]) => all.reduce((total, each) => total + each, 0);
  const [short, long] = [await lengths(5), await lengths(30)];
  expect(Math.max(...short)).toBeLessThanOrEqual(5_000);
  expect(short.length).toBeGreaterThan(long.length);
  expect(sum(short)).toBe(sum(long));
  await expect(
    client.system.changeSettings({ patch: { segmentSeconds: 31 }, commandId: command() }),
  ).rejects.toMatchObject({ code: 'bad-input' });
});
