import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { EngineOptions } from '#engine';
import { temporaryFolder } from '../../engine/testing/temporary-folder.ts';
import { demoLive, resourcesDir } from '../support/engine-options.ts';
import { createFastClock } from '../support/fast-clock.ts';
import { sha256, startModelHost } from '../support/model-host.ts';
import { command, temporaryEngine } from '../support/temporary-engine.ts';

const micro = path.join(resourcesDir, 'models', 'ggml-vigie-micro.bin');
const bytes = readFileSync(micro);
const name = 'ggml-small.bin';

async function engineWithHost(files: Record<string, Uint8Array> = { small: bytes }, more: Partial<EngineOptions> = {}) {
  const host = await startModelHost(files);
  onTestFinished(() => host[Symbol.asyncDispose]());
  const dataDir = temporaryFolder();
  const open = async () =>
    (await temporaryEngine({ dataDir, clock: createFastClock(20), models: host.options(), ...more })).engine;
  const engine = await open();
  const client = engine.client();
  return { host, dataDir, engine, client, open, folder: path.join(dataDir, 'models') };
}
type Client = Awaited<ReturnType<typeof engineWithHost>>['client'];

const modelOf = async (client: Client, id = 'small') =>
  (await client.models.list()).items.find((one) => one.id === id)!;
const until = (client: Client, state: string | null, id?: string) =>
  expect
    .poll(async () => (await modelOf(client, id)).arrival?.state ?? null, { timeout: 20_000, interval: 20 })
    .toBe(state);
const download = (client: Client, model = 'small') => client.models.download({ model, commandId: command() });

test('a download that breaks four times goes on where it stopped, is checked, and is what the next live takes', async () => {
  const { host, client, folder } = await engineWithHost();
  expect((await client.system.status()).nextModel).toMatchObject({ id: 'vigie-micro', test: true });
  host.breakAfter = [3_000_000, 1, 5_000_000, 2_000_000];
  await download(client);
  await until(client, null);
  expect(sha256(readFileSync(path.join(folder, name)))).toBe(sha256(bytes));
  expect(readdirSync(folder)).toEqual([name]);
  // What a broken connection still held in its buffers is asked for again, never what is on disk.
  const from = host.origin.seen.map(({ headers }) => Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0));
  const [first = 0, second = 0, third = 0, fourth = 0, ...rest] = from.slice(1);
  expect(rest).toEqual([]);
  expect(first).toBeGreaterThan(2_000_000);
  expect([second, third, fourth].every((at, index) => at > [first, second, third][index]!)).toBe(true);
  expect(host.origin.seen.at(-1)?.headers['if-range']).toBe(`"${sha256(bytes)}"`);
  const model = await modelOf(client);
  expect(model).toMatchObject({ current: true, fit: 'fits', installed: { digest: sha256(bytes), test: false } });
  expect((await client.system.status()).nextModel).toEqual({ id: 'small', test: false, fit: 'fits' });
});

test('another version at the host, or no ranges there: the part begins anew', async () => {
  const { host, client } = await engineWithHost();
  host.breakAfter = [3_000_000];
  host.noRanges = true;
  await download(client);
  await until(client, null);
  expect((await modelOf(client)).installed?.digest).toBe(sha256(bytes));
});

test.each([
  ['of the right length', () => Buffer.from(bytes).fill(7, 9_000_000, 9_000_001), sha256(bytes)],
  ['of another length', () => bytes.subarray(0, -1), String(bytes.length)],
])('a wrong file %s is refused by its figures and leaves nothing', async (_what, wrong, expected) => {
  const { host, client, folder } = await engineWithHost();
  host.files.small = wrong();
  await download(client);
  await until(client, 'failed');
  const { arrival, installed } = await modelOf(client);
  expect(arrival?.problem).toContain(`model-unexpected: {"model":"small","expected":"${expected}"`);
  expect(installed).toBeNull();
  expect(existsSync(path.join(folder, name))).toBe(false);
  host.files.small = bytes;
  await download(client);
  await until(client, null);
});

test('a file that is gone at the host fails at once; a name nobody published is missing', async () => {
  const { host, client } = await engineWithHost();
  delete host.files.small;
  await download(client);
  await until(client, 'failed');
  expect((await modelOf(client)).arrival?.problem).toContain('"status":404');
  await expect(download(client, 'enormous')).rejects.toMatchObject({
    code: 'model-missing',
    data: { known: ['small'] },
  });
});

test('cancelled, a download keeps its part; a restart of the engine takes one up by itself', async () => {
  const { host, client, engine, open, folder } = await engineWithHost();
  host.holdAfter = 4_000_000;
  const begun = async () => expect.poll(async () => (await modelOf(client)).arrival?.receivedBytes).toBe(4_000_000);
  await download(client);
  await begun();
  await client.models.cancel({ model: 'small', commandId: command() });
  await until(client, 'cancelled');
  expect((await modelOf(client)).arrival?.receivedBytes).toBe(4_000_000);

  host.holdAfter = 0;
  await download(client);
  await host.origin.visited('/ggml-small.bin', 2);
  await engine.close();
  host.holdAfter = null;
  const again = (await open()).client();
  await until(again, null);
  expect(host.origin.seen.map(({ headers }) => headers.range)).toEqual([undefined, 'bytes=4000000-', 'bytes=4000000-']);
  expect(readdirSync(folder)).toEqual([name]);
});

test('without a network a download waits and says why, nothing else waits for it, and a stick does as well', async () => {
  const { client, engine, folder } = await engineWithHost(undefined, { settings: { network: false } });
  await download(client);
  await expect.poll(async () => (await modelOf(client)).arrival?.problem ?? '').toContain('network-off');
  await engine.drain();
  await client.models.cancel({ model: 'small', commandId: command() });
  await until(client, 'cancelled');

  const stick = path.join(temporaryFolder(), name);
  copyFileSync(micro, stick);
  const { model } = await client.models.import({ path: stick, commandId: command() });
  await until(client, null, model);
  expect(sha256(readFileSync(path.join(folder, name)))).toBe(sha256(bytes));
});

test('what is copied in passes the same gate', async () => {
  const { client, folder } = await engineWithHost();
  const stick = temporaryFolder();
  const put = (file: string, content: Uint8Array) => {
    writeFileSync(path.join(stick, file), content);
    return path.join(stick, file);
  };
  const bring = (file: string) => client.models.import({ path: file, commandId: command() });
  await expect(bring(put('ggml-cut.bin', bytes.subarray(0, 1_000_000)))).rejects.toMatchObject({
    code: 'model-invalid',
  });
  await expect(bring(put('notes.bin', Buffer.from('notes')))).rejects.toMatchObject({ code: 'model-invalid' });
  await expect(bring(path.join(stick, 'absent.bin'))).rejects.toMatchObject({ code: 'source-not-found' });
  await expect(bring('ggml-small.bin')).rejects.toMatchObject({ code: 'bad-input' });
  await bring(put(name, Buffer.from(bytes).fill(7, 9_000_000, 9_000_001)));
  await until(client, 'failed');
  expect((await modelOf(client)).arrival?.problem).toContain('model-unexpected');
  await bring(put('ggml-mine.bin', bytes));
  await until(client, null, 'mine');
  expect(readdirSync(folder)).toEqual(['ggml-mine.bin']);
  expect(await modelOf(client, 'mine')).toMatchObject({
    publishedDigest: null,
    current: true,
    installed: { test: false },
  });
});

test('a model in use is not deleted: bundled, chosen, arriving; any other is', async () => {
  const { client, host, folder } = await engineWithHost();
  const remove = (model: string) => client.models.delete({ model, commandId: command() });
  const refusal = (reason: string) => ({ code: 'model-in-use', data: { reason } });
  await expect(remove('vigie-micro')).rejects.toMatchObject(refusal('bundled'));
  await expect(remove('small')).rejects.toMatchObject({ code: 'not-found' });
  host.holdAfter = 1_000_000;
  await download(client);
  await host.origin.visited('/ggml-small.bin', 1);
  await expect(remove('small')).rejects.toMatchObject(refusal('arriving'));
  host.holdAfter = null;
  host.origin.breakAll();
  await until(client, null);
  await client.system.changeSettings({ patch: { model: 'small' }, commandId: command() });
  await expect(remove('small')).rejects.toMatchObject(refusal('chosen'));
  await client.system.changeSettings({ patch: { model: 'auto' }, commandId: command() });
  await remove('small');
  expect(readdirSync(folder)).toEqual([]);
  expect((await modelOf(client)).installed).toBeNull();
});

test('a model that the memory cannot hold is not chosen, not loaded, and the doctor says so', async () => {
  const { client } = await engineWithHost(undefined, {
    models: { memoryBytes: 1_600_000_000 },
    settings: { model: 'vigie-micro' },
  });
  const source = path.join(resourcesDir, 'demo', 'live-fr.ogg');
  const refused = { code: 'model-too-large', data: { model: 'vigie-micro', memoryBytes: 1_600_000_000 } };
  await expect(client.lives.watch({ source, commandId: command() })).rejects.toMatchObject(refused);
  const { checks } = await client.system.doctor();
  expect(checks.find((check) => check.name === 'speech-model')).toMatchObject({
    outcome: 'failed',
    fix: 'speech-model-too-large',
  });
});

test(
  'without any model a broadcast is captured all the same, and written down once a model has come',
  { timeout: 60_000 },
  async () => {
    const bare = temporaryFolder();
    for (const entry of readdirSync(resourcesDir).filter((one) => one !== 'models'))
      symlinkSync(path.join(resourcesDir, entry), path.join(bare, entry));
    mkdirSync(path.join(bare, 'models'));
    for (const entry of readdirSync(path.join(resourcesDir, 'models')).filter((one) => one !== path.basename(micro)))
      symlinkSync(path.join(resourcesDir, 'models', entry), path.join(bare, 'models', entry));
    const { client, host } = await engineWithHost(undefined, { resourcesDir: bare });
    host.origin.route('/live.ogg', (_, response) => void response.end(readFileSync(demoLive)));
    const source = host.origin.url('/live.ogg');
    await expect(client.lives.watch({ source: demoLive, commandId: command() })).rejects.toMatchObject({
      code: 'model-missing',
    });
    expect((await client.system.status()).nextModel).toBeNull();

    const { liveId } = await client.lives.watch({ source, allowPrivate: true, commandId: command() });
    const live = async () => (await client.lives.get({ liveId })).live;
    await expect.poll(async () => (await live()).capturedMs, { timeout: 20_000 }).toBeGreaterThan(60_000);
    await expect.poll(async () => (await client.system.status()).speechTrouble?.code).toBe('model-missing');
    expect(await live()).toMatchObject({ writtenMs: 0 });
    await download(client);
    await expect.poll(async () => (await live()).writtenMs, { timeout: 40_000 }).toBeGreaterThan(0);
    expect((await client.system.status()).speechTrouble).toBeNull();
  },
);

test('a file under a published name that is another file never reaches the native loader', async () => {
  const { client, folder, host } = await engineWithHost();
  await client.models.list();
  writeFileSync(path.join(folder, name), Buffer.from(bytes).fill(7, 9_000_000, 9_000_001));
  const { checks } = await client.system.doctor();
  expect(checks.find((check) => check.name === 'speech-model')).toMatchObject({
    outcome: 'failed',
    detail: { problem: 'model-unexpected' },
    fix: 'speech-model-unexpected',
  });
  expect((await client.system.status()).speech).toBeNull();
  rmSync(path.join(folder, name));
  expect(host.catalogue).toHaveLength(1);
});
