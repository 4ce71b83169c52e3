import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel, type MessagePort, type Transferable, Worker } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { EngineClient } from '#shared/contract/index.ts';
import { newId } from '#shared/ids.ts';
import { silentLog, systemClock, systemSpawn } from '../../engine/index.ts';
import { fixtureDocument } from '../../engine/exports/fixtures/document.ts';
import { openPdfRenderer } from '../../engine/exports/pdf-renderer.ts';
import { engineStart } from '../../electron/paths.ts';
import { systemTimer } from '../../electron/timer.ts';
import { createKeeper, type EngineChild, type KeeperState } from '../../electron/keeper.ts';
import { defaultKeeperLimits } from '../../electron/keeper-policy.ts';
import type { FromEngine } from '../../electron/engine-messages.ts';

const root = join(import.meta.dirname, '..', '..');
const dist = join(root, '.vigie', 'test-desktop');
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const ends: (() => unknown)[] = [];

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'vigie-desktop-'));
  const cli = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  execFileSync(process.execPath, [cli, 'build', '--logLevel', 'warn'], {
    cwd: root,
    env: { ...process.env, VIGIE_TEST_DIST: dist },
  });
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

/** A worker thread dressed as Electron's utility process. */
function fork(entry: string): EngineChild<MessagePort> & { worker: Worker } {
  const worker = new Worker(new URL('./stub/utility-process.mjs', import.meta.url), {
    workerData: pathToFileURL(entry).href,
    env: { ...process.env, VIGIE_LOG: 'silent' },
  });
  const names = { spawn: 'online', message: 'message', exit: 'exit' } as const;
  return {
    worker,
    postMessage: (data, ports = []) => worker.postMessage({ data, ports }, ports as Transferable[]),
    kill: () => Boolean(worker.terminate()),
    on: (event: keyof typeof names, listener: (value: never) => void) =>
      worker.on(names[event], listener as () => void),
  };
}

function open(entry: string) {
  const around = {
    platform: process.platform,
    arch: process.arch,
    env: { ...process.env, VIGIE_DATA: dataDir },
    home: dataDir,
    args: [],
    appPath: root,
    packaged: false,
    resourcesPath: '',
    execPath: process.execPath,
  };
  const news: FromEngine[] = [];
  const children: ReturnType<typeof fork>[] = [];
  const keeper = createKeeper<MessagePort>({
    fork: () => {
      const child = fork(entry);
      children.push(child);
      return child;
    },
    options: engineStart(around, { exists: existsSync, findSpeechWorker: () => null }),
    onNews: (message) => news.push(message),
    limits: defaultKeeperLimits,
    timer: systemTimer,
    log: quiet,
  });
  ends.push(() => keeper.stop(10_000));
  const until = (name: KeeperState['name']) =>
    new Promise<KeeperState>((resolve) => {
      const stop = keeper.watch((state) => {
        if (state.name !== name) return;
        resolve(state);
        queueMicrotask(() => stop());
      });
    });
  const connect = () => {
    const { port1, port2 } = new MessageChannel();
    expect(keeper.connect(port1)).toBe(true);
    ends.push(() => port2.close());
    const client = createORPCClient<EngineClient>(new RPCLink({ port: port2 }));
    port2.start();
    return client;
  };
  return { keeper, news, children, until, connect };
}

const built = join(dist, 'electron', 'engine-process.js');

describe('the engine process', () => {
  it.each([
    ['as it is written', join(root, 'electron', 'engine-process.ts')],
    ['as it is built', built],
  ])(
    '%s, opens the data folder, answers on a port, leaves a door for the command line, and closes',
    async (_, entry) => {
      const { keeper, until, connect, news } = open(entry);
      keeper.start();
      await until('ready');
      expect(news[0]).toMatchObject({ type: 'ready', locale: 'fr' });
      const status = await connect().system.status();
      expect(status).toMatchObject({ owner: 'desktop', dataDir });
      const owner = JSON.parse(await readFile(join(dataDir, 'owner.json'), 'utf8')) as { port: number; token: string };
      expect(owner.port).toBeGreaterThan(0);
      expect(owner.token.length).toBeGreaterThan(20);
      await expect(keeper.stop(10_000)).resolves.toBe('closed');
    },
  );

  it('tells why a folder that somebody has cannot be opened, and does not try again', async () => {
    const first = open(built);
    first.keeper.start();
    await first.until('ready');
    const second = open(built);
    second.keeper.start();
    const state = await second.until('given-up');
    expect(state).toMatchObject({ failure: { code: 'data-folder-owned', data: { ownerKind: 'desktop' } } });
    expect(second.children).toHaveLength(1);
  });

  it('is started again when it dies, and a new port works', async () => {
    const { keeper, until, connect, children } = open(built);
    keeper.start();
    await until('ready');
    await children[0]!.worker.terminate();
    await until('waiting');
    await until('ready');
    expect(children).toHaveLength(2);
    await expect(connect().system.settings()).resolves.toMatchObject({ locale: 'fr' });
  });

  it('tells main of a change of language', async () => {
    const { keeper, until, connect, news } = open(built);
    keeper.start();
    await until('ready');
    const client = connect();
    const told = new Promise<void>((resolve) => {
      const push = news.push.bind(news);
      news.push = (...messages) => {
        if (messages.some((message) => message.type === 'locale')) resolve();
        return push(...messages);
      };
    });
    await client.system.changeSettings({ patch: { locale: 'en' }, commandId: newId(Date.now()) });
    await told;
    expect(news.at(-1)).toEqual({ type: 'locale', locale: 'en' });
    await client.system.changeSettings({ patch: { locale: 'fr' }, commandId: newId(Date.now()) });
  });
});

it('the built PDF worker sets a document', async () => {
  const renderer = openPdfRenderer({
    spawn: systemSpawn,
    node: { path: process.execPath, args: [] },
    resourcesDir: join(root, 'resources'),
    clock: systemClock,
    log: silentLog,
    workerPath: join(dist, 'electron', 'workers', 'pdf-worker.js'),
  });
  ends.push(() => renderer.close());
  const pdf = await renderer.render(fixtureDocument({ segments: 3 }));
  expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
});

it('the built speech worker starts, and leaves with its input the way it always leaves', () => {
  const worker = spawnSync(process.execPath, [join(dist, 'electron', 'prebuilt-worker.js')], {
    input: '',
    timeout: 60_000,
  });
  // It kills itself: the library's threads would keep it for minutes. A worker that cannot load says so on stderr.
  expect([worker.signal, worker.stderr.toString()]).toEqual(['SIGKILL', '']);
});
