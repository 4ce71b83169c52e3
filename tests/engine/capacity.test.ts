import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { demoLive } from '../support/engine-options.ts';
import { command, temporaryEngine } from '../support/temporary-engine.ts';

/** An origin that accepts and says nothing: lives that are being listened to, without any sound. */
async function silentOrigin(): Promise<string> {
  const server = createServer(() => undefined).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/live.m3u8`;
}

test(
  'capacity is measured here, shown, and refused beyond with a reason, but for who insists and for files',
  { timeout: 240_000 },
  async () => {
    const { engine } = await temporaryEngine();
    const client = engine.client();
    expect((await client.system.status()).capacity).toBeNull();
    const before = (await client.system.doctor()).checks.find(({ name }) => name === 'capacity');
    expect(before).toMatchObject({ outcome: 'ok', detail: { measured: false } });

    await client.lives.watch({ source: demoLive, commandId: command() });
    await expect
      .poll(async () => (await client.system.status()).capacity, { timeout: 180_000, interval: 100 })
      .not.toBeNull();
    // Nothing more is measured from here on.
    await client.lanes.pause({ liveId: null, paused: true, commandId: command() });
    const { capacity } = await client.system.status();
    if (!capacity) throw new Error('a measure does not go away');
    // Heard at full speed by real recognition: not free, and faster than speech even on a poor machine.
    expect(capacity.realTimeFactor).toBeGreaterThan(0);
    expect(capacity.realTimeFactor).toBeLessThan(2);
    expect(capacity.voiceShare).toBeGreaterThan(0.4);
    expect(capacity.voiceShare).toBeLessThanOrEqual(1);

    const source = await silentOrigin();
    const listen = (force = false) => client.lives.watch({ source, allowPrivate: true, force, commandId: command() });
    let possible = 0;
    let refusal: unknown = null;
    while (refusal === null && possible < 500) {
      refusal = await listen().then(
        () => null,
        (error: unknown) => error,
      );
      if (refusal === null) possible += 1;
    }
    expect(refusal).toMatchObject({
      code: 'capacity-reached',
      data: { running: possible, model: 'ggml-vigie-micro.bin' },
    });
    expect(possible).toBe(Math.max(1, (refusal as { data: { capacity: number } }).data.capacity));
    await listen(true);
    // Nobody waits for the words of a file.
    await client.lives.watch({ source: demoLive, commandId: command() });
    const check = (await client.system.doctor()).checks.find(({ name }) => name === 'capacity');
    expect(check).toMatchObject({ outcome: 'warning', fix: 'capacity-low', detail: { running: possible + 1 } });
  },
);
