import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { createClockDouble } from '../engine/base/clock-double.ts';
import type { FromEngine, ToEngine } from './engine-messages.ts';
import { defaultKeeperLimits } from './keeper-policy.ts';
import { createKeeper, type KeeperState } from './keeper.ts';

class ChildDouble extends EventEmitter {
  readonly heard: { message: ToEngine; ports: string[] }[] = [];
  killed = false;
  postMessage(message: ToEngine, ports: string[] = []) {
    this.heard.push({ message, ports });
  }
  kill() {
    this.killed = true;
    return this.emit('exit', 137);
  }
  say(message: FromEngine) {
    this.emit('message', message);
  }
}

const ready: FromEngine = { type: 'ready', locale: 'fr' };
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

function setUp(fork?: () => ChildDouble) {
  const clock = createClockDouble();
  const children: ChildDouble[] = [];
  const news: string[] = [];
  const states: string[] = [];
  const keeper = createKeeper<string>({
    fork:
      fork ??
      (() => {
        const child = new ChildDouble();
        children.push(child);
        return child;
      }),
    options: {
      dataDir: 'data',
      resourcesDir: 'resources',
      binaries: { ffmpeg: '', speechWorker: null, node: { path: '', args: [] } },
    },
    onNews: (message) => news.push(message.type),
    limits: defaultKeeperLimits,
    timer: clock,
    log: quiet,
  });
  const failure = (state: KeeperState) => (state.name === 'given-up' ? state.failure : null);
  keeper.watch((state) => states.push(failure(state)?.code ?? state.name));
  /** The newest child, which must exist. */
  const child = () => children.at(-1)!;
  const spawn = () => child().emit('spawn');
  return { clock, children, news, states, keeper, child, spawn };
}

it('opens, says ready, and only then hands over ports', () => {
  const { keeper, child, spawn, states, news } = setUp();
  keeper.start();
  expect(keeper.connect('early')).toBe(false);
  spawn();
  expect(child().heard).toMatchObject([{ message: { type: 'open', options: { dataDir: 'data' } } }]);
  child().say(ready);
  expect(keeper.connect('port')).toBe(true);
  expect(child().heard.at(-1)).toEqual({ message: { type: 'port' }, ports: ['port'] });
  expect(states).toEqual(['stopped', 'starting', 'ready']);
  expect(news).toEqual(['ready']);
});

it('starts again after a crash, later each time, and tells everyone when it stops trying', async () => {
  const { keeper, child, children, spawn, states, clock } = setUp();
  keeper.start();
  for (const delayMs of [500, 1000, 2000, 4000]) {
    spawn();
    child().say(ready);
    child().emit('exit', 1);
    await clock.advance(delayMs - 1);
    expect(states.at(-1)).toBe('waiting');
    await clock.advance(1);
    expect(states.at(-1)).toBe('starting');
  }
  spawn();
  child().say(ready);
  child().emit('exit', 1);
  expect(states.at(-1)).toBe('engine-stopped');
  await clock.advance(3_600_000);
  expect(children).toHaveLength(5);

  const late: string[] = [];
  keeper.watch((state) => late.push(state.name));
  expect(late).toEqual(['given-up']);
});

it('ends a life that never says ready', async () => {
  const { keeper, child, spawn, states, clock } = setUp();
  keeper.start();
  spawn();
  await clock.advance(defaultKeeperLimits.readyMs);
  expect(child().killed).toBe(true);
  expect(states.at(-1)).toBe('waiting');
});

it('counts a process that cannot be created', async () => {
  const { keeper, states, clock } = setUp(() => {
    throw new Error('no such file');
  });
  keeper.start();
  await clock.advance(10_000);
  expect(states).toEqual(['stopped', 'starting', 'waiting', 'starting', 'waiting', 'starting', 'engine-stopped']);
});

it('does not try again what the engine refused, until a person asks', () => {
  const { keeper, child, children, spawn, states } = setUp();
  keeper.start();
  spawn();
  child().say({ type: 'refused', code: 'data-folder-owned', data: { ownerPid: 12 } });
  expect(states.at(-1)).toBe('data-folder-owned');
  expect(children).toHaveLength(1);
  keeper.start();
  expect(children).toHaveLength(2);
  expect(states.at(-1)).toBe('starting');
});

it('stops: lets the engine close, and does not start it again', async () => {
  const { keeper, child, children, spawn, states, clock } = setUp();
  keeper.start();
  spawn();
  child().say(ready);
  const stopped = keeper.stop(10_000);
  expect(child().heard.at(-1)?.message).toEqual({ type: 'close' });
  child().emit('exit', 0);
  await expect(stopped).resolves.toBe('closed');
  await clock.advance(3_600_000);
  expect(children).toHaveLength(1);
  expect(states.at(-1)).toBe('stopped');
});

it('stops by force what does not close in time', async () => {
  const { keeper, child, spawn, clock } = setUp();
  keeper.start();
  spawn();
  child().say(ready);
  const stopped = keeper.stop(10_000);
  await clock.advance(9_999);
  expect(child().killed).toBe(false);
  await clock.advance(1);
  await expect(stopped).resolves.toBe('killed');
});

it('stops while it waits to start again', async () => {
  const { keeper, child, children, spawn, clock } = setUp();
  keeper.start();
  spawn();
  child().emit('exit', 1);
  await expect(keeper.stop(10_000)).resolves.toBe('closed');
  await clock.advance(3_600_000);
  expect(children).toHaveLength(1);
});

it('ignores what a past life still says', async () => {
  const { keeper, children, spawn, states, clock } = setUp();
  keeper.start();
  spawn();
  const past = children[0]!;
  past.emit('exit', 1);
  past.say(ready);
  past.emit('exit', 1);
  expect(states.at(-1)).toBe('waiting');
  await clock.advance(500);
  expect(children).toHaveLength(2);
});
