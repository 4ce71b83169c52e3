import { chmod, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../engine/base/clock.ts';
import { silentLog } from '../../engine/base/log.ts';
import { createNet } from '../../engine/net/net.ts';
import { systemSpawn } from '../../engine/process/spawn.ts';
import { demoLive } from '../support/engine-options.ts';
import { startOrigin } from '../support/origin/origin.ts';
import { serve } from '../support/origin/progressive.ts';
import { ffmpeg, outsideHands, start, temporaryFolder, tiles } from './support.ts';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A real RTMP server: ffmpeg itself, which plays six seconds of the demo live to whoever comes first, and ends. */
function rtmpServer(port: number) {
  const input = ['-nostdin', '-v', 'error', '-t', '6', '-i', demoLive];
  const output = ['-c:a', 'aac', '-f', 'flv', '-listen', '1', `rtmp://127.0.0.1:${port}/app/key`];
  return systemSpawn(ffmpeg, [...input, ...output]);
}

test('an allowed rtmp address is opened by ffmpeg, heard, and over when its server has gone', async () => {
  await using folder = await temporaryFolder();
  const port = await freePort();
  const server = rtmpServer(port);
  const { end } = start({
    source: { kind: 'protocol', url: `rtmp://127.0.0.1:${port}/app/key`, allowPrivate: true },
    spoolDir: join(folder.path, 'spool'),
    limits: { backoffMs: 100, backoffMaxMs: 300 },
  });
  const heard = await end;
  server.kill('SIGKILL');
  expect(heard.end).toEqual({ outcome: 'ended', damaged: false });
  const sound = heard.segments.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  expect(sound).toBeGreaterThan(5_000);
  expect(sound).toBeLessThan(7_500);
  tiles(heard);
});

test.each(['rtmp', 'rtmps', 'rtsp', 'srt'])(
  'a private %s address is refused before ffmpeg is started',
  async (scheme) => {
    await using folder = await temporaryFolder();
    const started: string[] = [];
    const spawn: typeof systemSpawn = (binary, args, options) => {
      started.push(binary);
      return systemSpawn(binary, args, options);
    };
    const { end } = start({
      source: { kind: 'protocol', url: `${scheme}://localhost:1935/app/key`, allowPrivate: false },
      spoolDir: join(folder.path, 'spool'),
      outside: outsideHands({ spawn }),
    });
    expect((await end).end).toMatchObject({ outcome: 'failed', error: { code: 'address-refused' } });
    expect(started).toEqual([]);
  },
);

/** A resolver of the person's own: a program that prints what the test says, and writes down how it was called. */
async function resolver(folder: string, script: string): Promise<{ path: string; calls(): Promise<string[][]> }> {
  const path = join(folder, 'résolveur 🎬');
  const ledger = join(folder, 'calls');
  const record = `require('fs').appendFileSync(${JSON.stringify(ledger)}, JSON.stringify(process.argv.slice(2)) + '\\n');`;
  await writeFile(path, `#!${process.execPath}\n${record}\n${script}\n`);
  await chmod(path, 0o755);
  return {
    path,
    calls: async () =>
      (await readFile(ledger, 'utf8'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as string[]),
  };
}

const page = 'https://page.example/live?x=1';
const net = createNet({ clock: systemClock, log: silentLog, isAllowed: () => true });

test('what a resolver finds is heard by our own fetcher; the page comes last and after "--"', async () => {
  await using folder = await temporaryFolder();
  await using origin = await startOrigin();
  origin.route('/live.ogg', serve(await readFile(demoLive), { type: 'audio/ogg', ranges: true }));
  const program = await resolver(folder.path, `console.log(${JSON.stringify(origin.url('/live.ogg'))})`);
  const { end } = start({
    source: { kind: 'external', tool: 'yt-dlp', url: page, allowPrivate: true },
    spoolDir: join(folder.path, 'spool'),
    net,
    outside: outsideHands({ resolverPath: () => program.path }),
  });
  const heard = await end;
  expect(heard.end).toEqual({ outcome: 'ended', damaged: false });
  tiles(heard);
  expect(heard.segments.at(-1)?.endMs).toBeGreaterThan(160_000);
  const [call] = await program.calls();
  expect(call?.slice(-2)).toEqual(['--', page]);
  expect(call).toContain('--ignore-config');
});

test.each([
  ['a file', `console.log('file:///etc/passwd')`, 'resolver-failed'],
  ['an option', `console.log('-i /etc/passwd')`, 'resolver-failed'],
  ['a private address', `console.log('http://127.0.0.1:1/x')`, 'address-refused'],
  ['nothing', ``, 'resolver-failed'],
  ['a failure', `console.error('ERROR: Video unavailable'); process.exit(1)`, 'resolver-failed'],
  ['too much', `process.stdout.write('x'.repeat(1e6))`, 'too-large'],
])('a resolver that answers %s: a typed error, and nothing is heard', async (_what, script, code) => {
  await using folder = await temporaryFolder();
  const program = await resolver(folder.path, script);
  const { end } = start({
    source: { kind: 'external', tool: 'yt-dlp', url: page, allowPrivate: false },
    spoolDir: join(folder.path, 'spool'),
    net,
    outside: outsideHands({ resolverPath: () => program.path }),
    limits: { backoffMs: 10, backoffMaxMs: 20, openAttempts: 2 },
  });
  const heard = await end;
  expect(heard.end).toMatchObject({ outcome: 'failed', error: { code } });
  expect(heard.segments).toEqual([]);
});

test.each(['', 'relative/yt-dlp', '/nowhere/yt-dlp'])('a resolver at %j is refused with what to do', async (path) => {
  await using folder = await temporaryFolder();
  const { end } = start({
    source: { kind: 'external', tool: 'streamlink', url: page, allowPrivate: false },
    spoolDir: join(folder.path, 'spool'),
    outside: outsideHands({ resolverPath: () => path }),
    limits: { backoffMs: 10, backoffMaxMs: 20, openAttempts: 2 },
  });
  expect((await end).end).toMatchObject({ outcome: 'failed', error: { code: 'program-unusable' } });
});
