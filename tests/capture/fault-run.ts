import type { ChildProcess } from 'node:child_process';
import type { ServerResponse } from 'node:http';
import { createClockDouble } from '../../engine/base/clock-double.ts';
import { silentLog } from '../../engine/base/log.ts';
import { readSound, spoolEnd } from '../../engine/capture/spool.ts';
import { createNet } from '../../engine/net/net.ts';
import { systemSpawn } from '../../engine/process/spawn.ts';
import { startOrigin } from '../support/origin/origin.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { flvHeader, type HeardSecond, numberedSecond, readSeconds, type SecondOfFlv } from './numbered-sound.ts';
import { type Heard, start, temporaryFolder } from './support.ts';

export const faultKinds = [
  'break',
  'refuse',
  'stall',
  'unavailable',
  'busy',
  'ffmpeg-killed',
  'ffmpeg-stopped',
  'disk',
  'sleep',
  'clock-ahead',
  'clock-back',
  'timestamps',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** Seconds of the live. */
export type Fault = { kind: FaultKind; at: number; lasts: number };

/** What the time of a fault must be declared as; null: nothing may be missing. */
export const causeOf: Record<FaultKind, string | null> = {
  break: 'network',
  refuse: 'network',
  stall: 'stall',
  unavailable: 'network',
  busy: 'network',
  'ffmpeg-killed': 'decoder',
  'ffmpeg-stopped': 'decoder',
  disk: 'disk',
  sleep: 'suspended',
  'clock-ahead': null,
  'clock-back': null,
  timestamps: null,
};

/** As many faults as asked for, spread over the run, of each kind in turn, in a random order and of random length. */
export function drawFaults(seed: number, count: number, seconds: number): Fault[] {
  const random = seededRandom(seed);
  const kinds = Array.from({ length: count }, (_, index) => faultKinds[index % faultKinds.length] ?? 'break');
  for (let left = kinds.length - 1; left > 0; left -= 1) {
    const other = Math.floor(random() * (left + 1));
    [kinds[left], kinds[other]] = [kinds[other] ?? 'break', kinds[left] ?? 'break'];
  }
  const span = seconds / count;
  const lengths = [1, 3, 8, 20, 60].filter((each) => each + 50 < span);
  return kinds.map((kind, index) => ({
    kind,
    at: Math.floor(index * span + 15 + random() * (span - 65 - Math.max(...lengths))),
    lasts: kind === 'disk' ? 20 : (lengths[Math.floor(random() * lengths.length)] ?? 1),
  }));
}

/** A capture of so many seconds of a live that says which second it is, through all faults. Clock and live move together, second by second. */
export async function runFaults(
  seed: number,
  faults: Fault[],
  seconds: number,
  sound: SecondOfFlv = numberedSecond,
): Promise<{ heard: Heard; wallMs: number; said: HeardSecond[] }> {
  await using origin = await startOrigin();
  await using folder = await temporaryFolder();
  const clock = createClockDouble();
  const children: ChildProcess[] = [];
  const live: {
    response: ServerResponse | null;
    mute: boolean;
    over: boolean;
    status: number | null;
    stampMs: number;
  } = {
    response: null,
    mute: false,
    over: false,
    status: null,
    stampMs: 0,
  };
  let room = true;

  origin.route('/live', (_, response) => {
    if (live.over) return void response.writeHead(410).end();
    if (live.status !== null) {
      const wait = live.status === 429 ? { 'retry-after': '15' } : {};
      return void response.writeHead(live.status, wait).end();
    }
    live.response = response;
    response.on('close', () => {
      if (live.response === response) live.response = null;
    });
    response.writeHead(200, { 'content-type': 'video/x-flv' });
    response.write(flvHeader);
  });

  const { capture, heard, end } = start({
    source: { kind: 'url', url: origin.url('/live'), allowPrivate: true },
    spoolDir: folder.path,
    clock,
    net: createNet({ clock, log: silentLog, isAllowed: () => true, linkAddresses: () => [] }),
    random: seededRandom(seed),
    room: { hasRoom: () => room, ranOut: () => undefined },
    spawn: (...given) => {
      const child = systemSpawn(...given);
      children.push(child);
      return child;
    },
  });
  let done = false;
  void capture.done.finally(() => {
    done = true;
  });
  const immediate = () => new Promise((resolve) => setImmediate(resolve));
  /** Real time for what was sent to be heard, or for attempts to be made. */
  const settle = async (check: () => boolean | Promise<boolean>, limitMs: number) => {
    const began = performance.now();
    while (!(await check()) && performance.now() - began < limitMs) await immediate();
  };

  const begin: Record<FaultKind, (fault: Fault) => void> = {
    break: () => {
      live.status = 502;
      origin.breakAll();
    },
    refuse: () => origin.down(),
    stall: () => {
      live.mute = true;
    },
    unavailable: () => {
      live.status = 503;
      origin.breakAll();
    },
    busy: () => {
      live.status = 429;
      origin.breakAll();
    },
    'ffmpeg-killed': () => void children.at(-1)?.kill('SIGKILL'),
    'ffmpeg-stopped': () => void children.at(-1)?.kill('SIGSTOP'),
    disk: () => {
      room = false;
    },
    sleep: ({ lasts }) => {
      clock.stepWall(lasts * 1000);
      origin.breakAll();
    },
    'clock-ahead': () => clock.stepWall(3_600_000),
    'clock-back': () => clock.stepWall(-3_600_000),
    timestamps: () => {
      live.stampMs += 7_200_000;
    },
  };
  const finish = () => {
    live.mute = false;
    live.status = null;
    room = true;
    origin.up();
  };

  let playing: ServerResponse | null = null;
  /** Where the sound on disk ends, and where it should when this second was heard. */
  let heardTo = 0;
  await settle(() => live.response !== null, 2_000);
  for (let second = 0; second < seconds; second += 1) {
    const fault = faults.find(({ at, lasts }) => second >= at && second <= at + lasts);
    if (fault?.at === second) {
      begin[fault.kind](fault.kind === 'sleep' ? { ...fault, lasts: fault.lasts + 10 } : fault);
      if (fault.kind === 'sleep') second += fault.lasts + 10;
    }
    if (fault && second >= fault.at + fault.lasts) {
      finish();
      // Writing to the disk takes real time, in which the clock would run far ahead.
      if (fault.kind === 'disk') await settle(() => heard.states.at(-1) !== 'disk-full', 2_000);
    }
    const { response } = live;
    const sends = response !== null && !response.destroyed && !live.mute;
    const fresh = sends && response !== playing;
    const running = children.length;
    if (sends) {
      playing = response;
      response.write(sound(second, live.stampMs + second * 1000));
    }
    const soundTo = heardTo + 800;
    if (fresh) await settle(() => children.length > running, 500);
    else if (sends && room) await settle(async () => (heardTo = await spoolEnd(folder.path)) >= soundTo, 60);
    else await settle(() => false, 3);
    await clock.advance(1_000);
  }
  const wallMs = seconds * 1000;
  live.over = true;
  live.response?.end();
  while (!done) {
    await settle(() => done, 20);
    await clock.advance(1_000);
  }
  for (const child of children) child.kill('SIGKILL');

  const said: HeardSecond[] = [];
  const told = await end;
  for (const piece of stretches(told)) {
    said.push(...readSeconds(await readSound(folder.path, piece.startMs, piece.endMs), piece.startMs));
  }
  return { heard: told, wallMs, said };
}

/** Where sound is without a break. */
function stretches({ segments }: Pick<Heard, 'segments'>): { startMs: number; endMs: number }[] {
  const all: { startMs: number; endMs: number }[] = [];
  for (const { startMs, endMs } of segments) {
    const last = all.at(-1);
    if (last && last.endMs === startMs) last.endMs = endMs;
    else all.push({ startMs, endMs });
  }
  return all;
}
