import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { beforeAll, describe, expect, test } from 'vitest';
import { silentLog } from '../../engine/base/log.ts';
import { systemResolve } from '../../engine/net/guard.ts';
import { createNet } from '../../engine/net/net.ts';
import { systemSpawn } from '../../engine/process/spawn.ts';
import { createFastClock } from '../support/fast-clock.ts';
import { playFlv, splitFlv } from '../support/origin/flv.ts';
import { cutHls, type HlsSegment, playlist, serveHls } from '../support/origin/hls.ts';
import { type Origin, type Route, startOrigin } from '../support/origin/origin.ts';
import { demo, ffmpeg, make, start, temporaryFolder, tiles } from './support.ts';

/** Five times faster than life: what a busy machine takes longer is a fraction of the limits below. */
const factor = 5;
/** Good sound before the fault, ms of the live. */
const goodMs = 8_000;
const slackMs = 2_500;

let flv: ReturnType<typeof splitFlv>;
let film: ReturnType<typeof splitFlv>;
let shortHls: HlsSegment[];
let longHls: HlsSegment[];

beforeAll(async () => {
  await using folder = await temporaryFolder();
  const sound = ['-stream_loop', '2', '-i', demo('live-en.ogg'), '-t', '120', '-c:a', 'aac'];
  await make(...sound, join(folder.path, 'a.flv'));
  flv = splitFlv(await readFile(join(folder.path, 'a.flv')));
  const picture = ['-f', 'lavfi', '-i', 'testsrc=size=160x90:rate=5', '-c:v', 'libx264', '-preset', 'ultrafast'];
  await make(
    ...picture.slice(0, 4),
    ...sound.slice(0, 6),
    ...picture.slice(4),
    ...sound.slice(6),
    join(folder.path, 'b.flv'),
  );
  film = splitFlv(await readFile(join(folder.path, 'b.flv')));
  const cut = (seconds: number) =>
    cutHls({ ffmpeg, input: join(folder.path, 'a.flv'), dir: folder.path, seconds, limit: 100 });
  shortHls = (await cut(2)).segments;
  longHls = (await cut(8)).segments;
});

type Clock = ReturnType<typeof createFastClock>;
/** What a fault may get hold of. `again`: connections after the first fault are good ones. */
type Stage = { origin: Origin; clock: Clock; children: ChildProcess[]; hang(what: 'dns' | 'stdout'): void };
type Mode = {
  path: string;
  set(stage: Stage): void | Promise<void>;
  cause: string;
  /** Host by which the origin is known. */
  name?: string;
  limitMs?: number;
  /** The connection breaks first: the fault meets the attempts after it. */
  broken?: boolean;
};

const good = (stage: Stage, then: (response: ServerResponse) => void, fromMs = 0) =>
  playFlv(flv, stage.clock, fromMs, fromMs === 0 ? goodMs : 60_000, then);

/** Good sound, then `then`; from the second connection on good sound for ever. */
const thenGood = (stage: Stage, then: (response: ServerResponse) => void) =>
  stage.origin.route('/live', (request, response, visit) =>
    good(stage, visit === 1 ? then : () => undefined, visit === 1 ? 0 : 40_000)(request, response, visit),
  );

/** Good sound that breaks off; the second connection meets `fault`; then good sound for ever. */
const brokenThen = (stage: Stage, fault: Route) =>
  stage.origin.route('/live', (request, response, visit) => {
    if (visit === 2) return fault(request, response, visit);
    const then = (each: ServerResponse) => void (visit === 1 && each.destroy());
    return good(stage, then, visit === 1 ? 0 : 40_000)(request, response, visit);
  });

/** A list of segments that grows with the clock; `at` is the time of its fault. */
function liveList(
  { origin, clock }: Stage,
  segments: HlsSegment[],
  segmentMs: number,
  fault: { frozenMs?: number; missing?: (index: number) => boolean },
) {
  const began = clock.monotonicMs();
  serveHls(origin, segments, () => {
    const passed = clock.monotonicMs() - began;
    const frozen = Math.max(0, Math.min(passed, goodMs + (fault.frozenMs ?? 0)) - goodMs);
    const edge = Math.min(segments.length, 3 + Math.floor((passed - frozen) / segmentMs));
    return playlist(segments, { from: Math.max(0, edge - 5), to: edge });
  });
  for (const [index, { name }] of segments.entries())
    if (fault.missing?.(index)) origin.route(`/hls/${name}`, (_, response) => void response.writeHead(404).end());
}

/** A server that takes connections and never says a word. */
async function silentPort(): Promise<number> {
  const server = createServer((socket) => void socket.on('error', () => undefined).resume());
  server.unref();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const modes: Record<string, Mode> = {
  'no bytes': { path: '/live', cause: 'stall', set: (stage) => thenGood(stage, () => undefined) },
  'one byte a minute': {
    path: '/live',
    cause: 'stall',
    set: (stage) =>
      thenGood(stage, (response) => {
        const drip = () => {
          response.write(Buffer.from([9]));
          stage.clock.schedule(60_000, drip);
        };
        drip();
      }),
  },
  'headers only': {
    path: '/live',
    cause: 'network',
    broken: true,
    set: (stage) =>
      brokenThen(stage, (_, response) => response.writeHead(200, { 'content-type': 'video/x-flv' }).flushHeaders()),
  },
  'a playlist that stands still': {
    path: '/hls/list.m3u8',
    cause: 'stall',
    set: (stage) => liveList(stage, shortHls, 2_000, { frozenMs: 30_000 }),
  },
  'a playlist of long segments that stands still': {
    path: '/hls/list.m3u8',
    cause: 'stall',
    limitMs: 12_000,
    set: (stage) => liveList(stage, longHls, 8_000, { frozenMs: 40_000 }),
  },
  'segments that are not there': {
    path: '/hls/list.m3u8',
    cause: 'stall',
    set: (stage) => liveList(stage, shortHls, 2_000, { missing: (index) => index >= 6 && index < 18 }),
  },
  'a container without sound': {
    path: '/live',
    cause: 'stall',
    set: (stage) =>
      stage.origin.route('/live', async (_, response, visit) => {
        response.write(film.header);
        const fromMs = visit === 1 ? 0 : 40_000;
        const began = stage.clock.monotonicMs();
        for (const tag of film.tags) {
          const picture = tag.bytes[0] === 9;
          if (tag.atMs > 0 && tag.atMs < fromMs) continue;
          if (visit === 1 && tag.atMs > goodMs && !picture) continue;
          const aheadMs = tag.atMs - fromMs - (stage.clock.monotonicMs() - began);
          if (aheadMs > 50) await stage.clock.delay(aheadMs);
          if (response.destroyed) return;
          response.write(tag.bytes);
        }
      }),
  },
  'an ffmpeg that is stopped': {
    path: '/live',
    cause: 'decoder',
    set: (stage) => {
      stage.origin.route('/live', (request, response, visit) =>
        playFlv(flv, stage.clock, visit === 1 ? 0 : 40_000, 60_000, () => undefined)(request, response, visit),
      );
      stage.clock.schedule(goodMs, () => stage.children[0]?.kill('SIGSTOP'));
    },
  },
  'an ffmpeg whose sound is stuck': {
    path: '/live',
    cause: 'decoder',
    set: (stage) => {
      stage.origin.route('/live', (request, response, visit) =>
        playFlv(flv, stage.clock, visit === 1 ? 0 : 40_000, 60_000, () => undefined)(request, response, visit),
      );
      stage.clock.schedule(goodMs, () => stage.hang('stdout'));
    },
  },
  'a name server that does not answer': {
    path: '/live',
    name: 'live.example.org',
    cause: 'network',
    broken: true,
    set: (stage) => {
      stage.hang('dns');
      brokenThen(
        stage,
        good(stage, () => undefined, 40_000),
      );
    },
  },
  'a TLS handshake that does not end': {
    path: '/live',
    cause: 'network',
    broken: true,
    set: async (stage) => {
      const port = await silentPort();
      brokenThen(
        stage,
        (_, response) => void response.writeHead(302, { location: `https://127.0.0.1:${port}/` }).end(),
      );
    },
  },
  'redirects without an end': {
    path: '/live',
    cause: 'network',
    broken: true,
    set: (stage) => {
      let hops = 0;
      const onward: Route = async (_, response) => {
        hops += 1;
        await stage.clock.delay(3_000);
        response.writeHead(302, { location: `/hop/${hops}` }).end();
      };
      stage.origin.otherwise(onward);
      brokenThen(stage, onward);
    },
  },
  'a socket whose other end has gone': {
    path: '/live',
    cause: 'stall',
    set: async (stage) => {
      // What stands between swallows everything from then on, and neither side hears of it.
      const relay = createServer((near) => {
        const far = connect(stage.origin.port, '127.0.0.1');
        for (const socket of [near, far]) socket.on('error', () => undefined);
        near.pipe(far).pipe(near);
        stage.clock.schedule(goodMs, () => {
          near.unpipe(far);
          far.unpipe(near);
          near.resume();
        });
      });
      relay.unref();
      await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
      const { port } = relay.address() as AddressInfo;
      const location = `http://127.0.0.1:${port}/film`;
      stage.origin.route(
        '/film',
        playFlv(flv, stage.clock, 0, 60_000, () => undefined),
      );
      stage.origin.route('/live', (request, response, visit) =>
        visit === 1
          ? void response.writeHead(302, { location }).end()
          : good(stage, () => undefined, 40_000)(request, response, visit),
      );
    },
  },
};

describe.concurrent('nothing is heard any more', () => {
  test.each(Object.entries(modes))('%s: noticed, replaced, declared', async (_, mode) => {
    await using origin = await startOrigin();
    await using folder = await temporaryFolder();
    const clock = createFastClock(factor);
    const children: ChildProcess[] = [];
    let stuck: (() => void) | null = null;
    let dns = Number.POSITIVE_INFINITY;
    let asked = 0;
    const stage: Stage = {
      origin,
      clock,
      children,
      hang(what) {
        if (what === 'stdout') stuck?.();
        else dns = 2;
      },
    };
    await mode.set(stage);
    const net = createNet({
      clock,
      log: silentLog,
      isAllowed: () => true,
      resolve: (name) => {
        if (name !== mode.name) return systemResolve(name);
        asked += 1;
        // The name is asked for once for each pool; the second connection is where it hangs.
        if (asked > dns && asked <= dns + 1) return new Promise(() => undefined);
        return Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
      },
    });
    const spawn: typeof systemSpawn = (...given) => {
      const child = systemSpawn(...given);
      children.push(child);
      if (children.length > 1 || !child.stdout) return child;
      const { stdout } = child;
      const gate = new PassThrough();
      stdout.pipe(gate);
      stuck = () => stdout.unpipe(gate).pause();
      return Object.defineProperty(child, 'stdout', { value: gate });
    };
    const seen: { what: string; atMs: number; cause?: string | null }[] = [];
    const note = (what: string, cause?: string | null) => seen.push({ what, atMs: clock.monotonicMs(), cause });
    const url = mode.name ? `http://${mode.name}:${origin.port}${mode.path}` : origin.url(mode.path);
    const { capture, heard } = start({
      source: { kind: 'url', url, allowPrivate: true },
      spoolDir: folder.path,
      net,
      clock,
      spawn,
      random: () => 0.5,
      events: {
        onOpened: () => undefined,
        onSegment: (segment) => void heard.segments.push(segment),
        onGap: (gap) => void heard.gaps.push(gap),
        onProgress: () => note('sound'),
        onState: (state, why) => note(state, why.cause),
      },
    });
    const lost = () => heard.gaps.find(({ startMs }) => startMs > 0);
    await until(() => lost() !== undefined && seen.at(-1)?.what === 'sound');
    await capture.stop();

    const at = (what: string, from: number) => seen.findIndex((each, index) => index >= from && each.what === what);
    const stalled = at('stalled', 0);
    const before = seen.findLastIndex(
      ({ what }, index) => index < stalled && (what === 'sound' || what === 'reconnecting'),
    );
    const after = seen.findIndex(({ what }, index) => index > stalled && what === 'reconnecting');
    const noticedMs = (seen[stalled]?.atMs ?? Infinity) - (seen[before]?.atMs ?? 0);
    // After a break the attempt begins when its turn has come: 2 s.
    expect(noticedMs).toBeLessThan((mode.limitMs ?? 10_000) + (mode.broken ? 2_100 : 0) + slackMs);
    expect(noticedMs).toBeGreaterThan(8_500);
    expect((seen[after]?.atMs ?? Infinity) - (seen[stalled]?.atMs ?? 0)).toBeLessThan(2_000 + slackMs);
    expect(lost()?.cause).toBe(mode.cause);
    const firstMs = heard.gaps.find(({ startMs }) => startMs === 0)?.endMs ?? 0;
    if (mode.path === '/live') expect(Math.abs((lost()?.startMs ?? 0) - firstMs - goodMs)).toBeLessThan(slackMs);
    tiles(heard);
  });
});

const until = (check: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = () => (check() ? resolve() : setTimeout(look, 20));
    look();
  });
