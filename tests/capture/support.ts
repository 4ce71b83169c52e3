import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { systemClock } from '../../engine/base/clock.ts';
import { silentLog } from '../../engine/base/log.ts';
import { type CaptureEnd, type CaptureOptions, startCapture } from '../../engine/capture/capture.ts';
import type { OutsideHands } from '../../engine/capture/source/outside.ts';
import { systemResolve } from '../../engine/net/guard.ts';
import { systemSpawn } from '../../engine/process/spawn.ts';
import type { Net } from '../../engine/net/net.ts';

export const ffmpeg: string = createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg').path;
export const demo = (name: string): string => fileURLToPath(new URL(`../../resources/demo/${name}`, import.meta.url));

/** A folder that is gone after `await using`. */
export async function temporaryFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'vigie-hearing-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Runs ffmpeg to make test media. */
export async function make(...args: string[]): Promise<void> {
  await promisify(execFile)(ffmpeg, ['-v', 'error', '-y', ...args]);
}

/** The samples ffmpeg reads straight from a file, outside all of our code. */
export async function directSound(path: string): Promise<Int16Array> {
  const { stdout } = await promisify(execFile)(
    ffmpeg,
    ['-v', 'error', '-i', path, '-vn', '-ac', '1', '-ar', '16000', '-f', 's16le', '-'],
    { encoding: 'buffer', maxBuffer: 1 << 28 },
  );
  return new Int16Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + (stdout.length & ~1)));
}

export type Told = { type: 'opened' | 'segment' | 'gap' | 'state' | 'progress'; [field: string]: unknown };
export type Piece = { startMs: number; endMs: number };
export type Heard = {
  end: CaptureEnd;
  told: Told[];
  segments: (Piece & { peakBp: number; speechLikely: boolean })[];
  gaps: (Piece & { cause: string })[];
  states: string[];
};

export const noNet: Net = {
  get: () => Promise.reject(new Error('this test has no network')),
  post: () => Promise.reject(new Error('this test has no network')),
  linkUp: () => new Promise(() => undefined),
  close: () => Promise.resolve(),
};

/** What sources outside our own fetcher need; a test says what is special. */
export const outsideHands = (more: Partial<OutsideHands> = {}): OutsideHands => ({
  clock: systemClock,
  spawn: systemSpawn,
  inputFfmpeg: () => ffmpeg,
  resolverPath: () => '',
  networkAllowed: () => true,
  resolve: systemResolve,
  ...more,
});

type Given = Partial<CaptureOptions> & Pick<CaptureOptions, 'source' | 'spoolDir'>;

/** Starts a capture with the real parts and keeps what it tells. */
export function start(given: Given): {
  heard: Omit<Heard, 'end'>;
  capture: ReturnType<typeof startCapture>;
  end: Promise<Heard>;
} {
  const heard: Omit<Heard, 'end'> = { told: [], segments: [], gaps: [], states: [] };
  const tell = (type: Told['type'], fields: object) => heard.told.push({ type, ...fields });
  const capture = startCapture({
    ffmpeg,
    startedAt: (given.clock ?? systemClock).now(),
    resume: null,
    pace: null,
    net: noNet,
    clock: systemClock,
    log: silentLog,
    spawn: systemSpawn,
    outside: outsideHands(),
    ...given,
    events: {
      onOpened: (info) => tell('opened', info),
      onSegment: (segment) => (tell('segment', segment), heard.segments.push(segment)),
      onGap: (gap) => (tell('gap', gap), heard.gaps.push(gap)),
      onState: (state) => (tell('state', { state }), heard.states.push(state)),
      onProgress: (progress) => tell('progress', progress),
      ...given.events,
    },
  });
  return { heard, capture, end: capture.done.then((end) => ({ end, ...heard })) };
}

export const hear = (given: Given): Promise<Heard> => start(given).end;

/** Segments and gaps in order of time; throws where two overlap or a millisecond belongs to none. */
export function tiles(heard: Omit<Heard, 'end'>): { startMs: number; endMs: number } {
  const all: Piece[] = [...heard.segments, ...heard.gaps].sort((a, b) => a.startMs - b.startMs);
  let at = all[0]?.startMs ?? 0;
  for (const piece of all) {
    if (piece.startMs !== at)
      throw new Error(`${piece.startMs < at ? 'overlap' : 'hole'} at ${piece.startMs} ms, expected ${at} ms`);
    at = piece.endMs;
  }
  return { startMs: all[0]?.startMs ?? 0, endMs: at };
}

export type Reference = { start: number; end: number; text: string; category: string };
export const reference = async (name: string): Promise<Reference[]> =>
  JSON.parse(await readFile(demo(name), 'utf8')) as Reference[];
