import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../engine/testing/temporary-folder.ts';
import { command, temporaryEngine } from '../support/temporary-engine.ts';
import { demoLive } from '../support/engine-options.ts';

test.each([
  ['nothing', '', 'bad-input'],
  ['a file that is not there', '/no/such/file.ogg', 'source-not-found'],
  ['a folder', '/', 'source-is-directory'],
  ['another scheme', 'gopher://example.org/live', 'source-unsupported'],
  ['a protocol of ffmpeg that nobody allowed', 'rtmp://example.org/live', 'protocol-not-allowed'],
])('%s is refused before a live exists', async (_name, source, code) => {
  const { engine } = await temporaryEngine();
  const client = engine.client();
  await expect(client.lives.watch({ source, commandId: command() })).rejects.toMatchObject({ code });
  expect((await client.lives.list({})).items).toEqual([]);
});

test('a model that is not a model is refused before a live exists', async () => {
  const { engine } = await temporaryEngine();
  const model = path.join(temporaryFolder(), 'ggml-fake.bin');
  writeFileSync(model, 'certainly not a model'.repeat(1000));
  const client = engine.client();
  await expect(client.lives.watch({ source: demoLive, model, commandId: command() })).rejects.toMatchObject({
    code: 'model-invalid',
  });
  await expect(client.lives.watch({ source: demoLive, model: 'nowhere', commandId: command() })).rejects.toMatchObject({
    code: 'model-missing',
  });
  expect((await client.lives.list({})).items).toEqual([]);
});

test.each([
  ['text with a media name', 'this is not sound at all. '.repeat(500)],
  ['random bytes', Buffer.from(Array.from({ length: 50_000 }, (_, n) => (n * 7919) % 251))],
])('%s ends its live with a reason a person can read', async (_name, bytes) => {
  const { engine } = await temporaryEngine();
  const file = path.join(temporaryFolder(), 'corrupt.mp3');
  writeFileSync(file, bytes);
  const client = engine.client();
  const { liveId } = await client.lives.watch({ source: file, commandId: command() });
  await engine.drain();
  const { live } = await client.lives.get({ liveId });
  expect(live).toMatchObject({ state: 'interrompu', endReason: 'source-unreadable', segments: 0 });
  expect(live.endError?.code).toBe('source-unreadable');
});

test('wrong input is a typed error that names the field and not the value', async () => {
  const { engine } = await temporaryEngine();
  const client = engine.client();
  const secret = 'something that was said';
  const failure = await client.review
    .decide({ itemId: secret, verdict: 'dismiss', basedOn: 1, commandId: command() })
    .then(
      () => null,
      (error: unknown) => error as { code: string; data: { problem: string } },
    );
  expect(failure?.code).toBe('bad-input');
  expect(failure?.data.problem).toMatch(/itemId/);
  expect(failure?.data.problem).not.toContain(secret);
});

test('an engine that closes while its speech worker is only starting closes at once', { timeout: 30_000 }, async () => {
  const { engine } = await temporaryEngine();
  const client = engine.client();
  await client.lives.watch({ source: demoLive, commandId: command() });
  for await (const event of await client.feed.subscribe({ after: 0 })) {
    if (event.type === 'fact' && event.fact.kind === 'segment.heard') break;
  }
  await engine.close();
});
