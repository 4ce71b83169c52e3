/** Bad workers, one habit each (fixtures/), behind the engine's front door. Time is a clock that stands still until told. */
import { fileURLToPath } from 'node:url';

import { afterEach, expect, test } from 'vitest';

import { type ClockDouble, createClockDouble } from '../base/clock-double.ts';
import { silentLog } from '../base/log.ts';
import { systemSpawn } from '../process/spawn.ts';

import type { TrialMemory } from './gpu-trial.ts';
import { openSpeechEngine, type SpeechEngine, type SpeechEngineOptions } from './speech-engine.ts';
import { startWorkerProcess } from './worker-process.ts';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const resources = path('../../resources/models/');
const opened: { engine: SpeechEngine; clock: ClockDouble }[] = [];

function open(fake: string, over: Partial<SpeechEngineOptions> = {}) {
  const clock = createClockDouble();
  const starts: string[] = [];
  const engine = openSpeechEngine({
    binaries: { speechWorker: `fake:${fake}`, node: { path: process.execPath, args: [] } },
    speech: { worker: 'native', gpu: 'off' },
    modelPath: `${resources}ggml-vigie-micro.bin`,
    vadModelPath: `${resources}ggml-silero-v5.bin`,
    clock,
    log: silentLog,
    spawn: (binary, args, options) => {
      starts.push(binary);
      const name = /^fake:(.*)/.exec(binary)?.[1];
      const [file, ...more] = (name ?? '').split(' ');
      return name
        ? systemSpawn(process.execPath, [path(`./fixtures/${file}.ts`), ...more], options)
        : systemSpawn(binary, args, options);
    },
    ...over,
    // The clock runs ahead of the real processes: nothing times out unless a test says so.
    worker: { startTimeoutMs: 1e12, requestTimeoutMs: () => 1e12, ...over.worker },
  });
  opened.push({ engine, clock });
  return { engine, clock, starts };
}

const sound = (first = 0) => {
  const samples = new Int16Array(1600);
  samples[0] = first;
  return samples;
};
const ask = (engine: SpeechEngine, first = 0, signal?: AbortSignal) =>
  engine.transcribe({ pcm: sound(first), language: 'fr', liveId: 'live', signal });
/** Moves the clock on in steps until the promise settles, so that real processes get their real time in between. */
async function meanwhile<T>(
  clock: { advance(ms: number): Promise<void> },
  promise: Promise<T>,
  stepMs = 100,
): Promise<T> {
  let settled = false;
  const watched = promise.finally(() => {
    settled = true;
  });
  // Its rejection belongs to whoever awaits the result below.
  watched.catch(() => undefined);
  while (!settled) await clock.advance(stepMs);
  return watched;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ engine, clock }) => meanwhile(clock, engine.close())));
});

test.each([
  ['crash', 'crashed', /signal SIGABRT/],
  ['half-frame', 'crashed', /exit code 0 in the middle of a frame/],
  ['leaves', 'crashed', /exit code 0/],
  ['garbage', 'garbage', /not a speech frame: magic/],
  ['wrong-id', 'garbage', /nobody asked/],
  ['refuses', 'refused', /out of paper/],
] as const)('%s costs the request in flight: %s', async (fake, reason, detail) => {
  const { engine } = open(fake);
  await expect(ask(engine)).rejects.toMatchObject({
    code: 'speech-failed',
    data: { reason, detail: expect.stringMatching(detail) },
  });
});

test('a worker that hangs is killed after a time scaled by the sound', async () => {
  const { engine, clock } = open('hang', { worker: { requestTimeoutMs: (soundMs) => 1000 + soundMs } });
  await engine.info();
  const asked = ask(engine);
  const outcome = expect(asked).rejects.toMatchObject({
    code: 'speech-failed',
    data: { reason: 'timed-out', detail: 'no answer in 1100 ms' },
  });
  await meanwhile(
    clock,
    asked.catch(() => null),
  );
  await outcome;
});

test('only the sound that kills is lost; the next waits for a new worker and is heard', async () => {
  const { engine, clock, starts } = open('crash-once');
  const [good, bad, after] = [ask(engine), ask(engine, 1), ask(engine)];
  expect((await good).text).toBe('bonjour');
  await expect(bad).rejects.toMatchObject({ data: { reason: 'crashed' } });
  expect(starts).toHaveLength(1);
  expect((await meanwhile(clock, after)).text).toBe('bonjour');
  expect(starts).toHaveLength(2);
});

test('restarts wait longer each time, end, and begin again after a rest', async () => {
  const { engine, clock, starts } = open('leaves');
  const waits: number[] = [];
  for (let round = 0; round < 8; round++) {
    const before = clock.monotonicMs();
    await expect(meanwhile(clock, ask(engine), 50)).rejects.toMatchObject({ code: 'speech-failed' });
    waits.push(clock.monotonicMs() - before);
  }
  expect(starts).toHaveLength(8);
  [250, 500, 1000, 2000, 4000, 8000, 16_000].forEach((wait, index) =>
    expect(waits[index + 1]).toBeGreaterThanOrEqual(wait),
  );
  await expect(ask(engine)).rejects.toMatchObject({ code: 'speech-unavailable' });
  expect(starts).toHaveLength(8);
  await clock.advance(60_000);
  await expect(meanwhile(clock, ask(engine), 500)).rejects.toMatchObject({ code: 'speech-failed' });
  expect(starts).toHaveLength(9);
  await expect(ask(engine)).rejects.toMatchObject({ code: 'speech-unavailable' });
});

const card = { name: 'Tester 3000', key: 'one' };
/** A native worker with one habit on the card, a prebuilt one with another. */
const onCard = (native: string, prebuilt: string, over: Partial<SpeechEngineOptions> = {}) =>
  open('', {
    binaries: {
      speechWorker: `fake:card ${native}`,
      node: { path: `fake:card ${prebuilt} prebuilt`, args: [] },
    },
    speech: { worker: 'auto', gpu: 'auto' },
    card,
    ...over,
  });

test.each([
  ['the native worker can use it', 'fine', 'fine', ['native gpu'], null, []],
  ['only the prebuilt one can', 'absent', 'fine', ['native gpu', 'prebuilt gpu'], null, []],
  ['none can', 'absent', 'absent', ['native gpu', 'prebuilt gpu', 'native cpu'], 'not-supported', ['gpu-unused']],
  [
    'it writes nonsense',
    'garbles',
    'absent',
    ['native gpu', 'prebuilt gpu', 'native cpu'],
    'test-failed',
    ['gpu-unused'],
  ],
  ['its driver dies at the first sound', 'dies', 'fine', ['native gpu', 'prebuilt gpu'], null, []],
])('a graphics card is there and %s', async (_case, native, prebuilt, order, unused, notices) => {
  const asked: string[] = [];
  const trials: TrialMemory = {
    recall: () => null,
    remember: ({ worker, gpu }) => void asked.push(`${worker} ${gpu ? 'gpu' : 'cpu'}`),
  };
  const { engine, clock, starts } = onCard(native, prebuilt, { trials });
  const info = await meanwhile(clock, engine.info());
  const names = starts.map((program) => (program.endsWith('prebuilt') ? 'prebuilt' : 'native'));
  expect(names).toEqual(order.map((plan) => plan.split(' ')[0]));
  expect(asked).toEqual(order.filter((plan) => plan.endsWith('gpu')));
  const [worker, device] = order.at(-1)!.split(' ');
  expect(info).toMatchObject({ worker, device, notices, graphics: { card: 'Tester 3000', unused } });
  expect((await meanwhile(clock, ask(engine))).text).toBe('bonjour');
});

test('what was found of a card is not found out again, and is still said', async () => {
  const trials: TrialMemory = { recall: () => 'not-supported', remember: () => expect.unreachable('tried again') };
  const { engine, starts } = onCard('fine', 'fine', { trials });
  expect(await engine.info()).toMatchObject({ device: 'cpu', notices: ['gpu-unused'] });
  expect(starts).toEqual(['fake:card fine']);
});

test('without a card, or where it is switched off, nothing is tried', async () => {
  for (const over of [{ card: null }, { speech: { worker: 'auto', gpu: 'off' } }] as const) {
    const { engine, starts } = onCard('fine', 'fine', over);
    expect(await engine.info()).toMatchObject({
      device: 'cpu',
      notices: [],
      graphics: over.card === null ? null : { unused: 'switched-off' },
    });
    expect(starts).toEqual(['fake:card fine']);
  }
});

test('two crashes within ten minutes on the graphics card: the processor takes over and says so', async () => {
  const { engine, clock } = onCard('fragile', 'fine');
  expect(await engine.info()).toMatchObject({ device: 'gpu', notices: [] });
  // Small steps: the clock must not run away while a real program starts.
  await expect(meanwhile(clock, ask(engine, 1), 1)).rejects.toMatchObject({ code: 'speech-failed' });
  // Eleven minutes later another one is the first again, and what is heard in between changes nothing.
  await clock.advance(660_000);
  await expect(meanwhile(clock, ask(engine, 1), 1)).rejects.toMatchObject({ code: 'speech-failed' });
  expect((await meanwhile(clock, ask(engine), 1)).text).toBe('bonjour');
  expect(await engine.info()).toMatchObject({ device: 'gpu', notices: [] });
  await expect(meanwhile(clock, ask(engine, 1), 1)).rejects.toMatchObject({ code: 'speech-failed' });
  expect((await meanwhile(clock, ask(engine, 1), 1)).text).toBe('bonjour');
  expect(await engine.info()).toMatchObject({
    worker: 'native',
    device: 'cpu',
    notices: ['gpu-fallback'],
    graphics: { unused: 'crashed' },
  });
});

test('a worker whose memory grows is replaced between two requests', async () => {
  const { engine, starts } = open('grows', { worker: { memoryLimitBytes: () => 2500 } });
  const texts = [];
  for (let round = 0; round < 5; round++) texts.push((await ask(engine)).text);
  expect(texts).toEqual(['1', '2', '3', '1', '2']);
  expect(starts).toHaveLength(2);
});

test('a worker that reads its glossary out is not believed; one that spells a heard name is', async () => {
  const { engine } = open('recites');
  const hear = async (prompt: string) =>
    (await engine.transcribe({ pcm: sound(), language: 'fr', liveId: 'live', prompt })).text;
  expect(await hear('dehors les étrangers')).toBe('bonjour monsieur Dupon.');
  expect(await hear('monsieur Dupont')).toBe('monsieur Dupont');
});

test('what is kept for a live is freed when the live is forgotten', async () => {
  const { engine } = open('remembers');
  const hear = async (liveId: string) => (await engine.transcribe({ pcm: sound(), language: 'fr', liveId })).text;
  expect([await hear('a'), await hear('b')]).toEqual(['1', '2']);
  engine.forget('a');
  expect(await hear('c')).toBe('2');
});

test('cancel: a waiting request never starts, a running one is told', async () => {
  const { engine } = open('cancellable');
  await engine.info();
  const [first, second] = [new AbortController(), new AbortController()];
  const running = ask(engine, 0, first.signal);
  const waiting = ask(engine, 0, second.signal);
  second.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  first.abort();
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  const third = new AbortController();
  const again = ask(engine, 0, third.signal);
  third.abort();
  await expect(again).rejects.toMatchObject({ code: 'cancelled' });
});

test.each([
  ['speaks another protocol', 'old-version'],
  ['is not a program', '/nowhere/vigie-speech'],
])('a worker that %s leaves speech unavailable', async (_name, worker) => {
  const binary = worker.startsWith('/') ? worker : `fake:${worker}`;
  const { engine, clock } = open('', {
    binaries: { speechWorker: binary, node: { path: process.execPath, args: [] } },
  });
  await expect(meanwhile(clock, engine.info(), 5000)).rejects.toMatchObject({ code: 'speech-unavailable' });
});

test('without a native worker, and none else wanted, speech is unavailable at once', async () => {
  const { engine } = open('', { binaries: { speechWorker: null, node: { path: process.execPath, args: [] } } });
  await expect(engine.info()).rejects.toMatchObject({ code: 'speech-unavailable' });
});

test('a worker that never says ready is given up', async () => {
  const { engine, clock } = open('mute', { worker: { startTimeoutMs: 1000 } });
  await expect(meanwhile(clock, engine.info(), 1000)).rejects.toMatchObject({ code: 'speech-unavailable' });
});

test('close rejects what waits and ends a worker that does not want to leave', async () => {
  const { engine, clock } = open('stubborn');
  expect((await ask(engine)).text).toBe('bonjour');
  const closing = engine.close();
  await expect(ask(engine)).rejects.toMatchObject({ code: 'engine-stopped' });
  await meanwhile(clock, closing);
});

test('the first reason wins: a stopped worker did not crash', async () => {
  const clock = createClockDouble();
  const process_ = startWorkerProcess({
    launch: { command: process.execPath, args: [path('./fixtures/stubborn.ts')] },
    hello: { model: 'm', vadModel: null, gpu: false, threads: 0, window: 'full', states: 1 },
    clock,
    log: silentLog,
    spawn: systemSpawn,
  });
  await process_.ready;
  expect(await meanwhile(clock, process_.stop())).toEqual({ reason: 'stopped', detail: 'by the engine' });
  await expect(process_.transcribe({ pcm: sound(), state: 'a', language: 'fr' })).rejects.toMatchObject({
    code: 'engine-stopped',
  });
});
